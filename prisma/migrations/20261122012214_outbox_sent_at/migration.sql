-- CreateIndex
CREATE INDEX "outbox_office_id_recipient_sent_at_idx" ON "outbox"("office_id", "recipient", "sent_at");
