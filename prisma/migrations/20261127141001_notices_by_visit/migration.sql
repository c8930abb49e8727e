-- What a person's latest visits led to is read in every turn of hers; the exemptions of a month, whenever she asks who is left.
-- CreateIndex
CREATE INDEX "rectification_notice_visit_id_idx" ON "rectification_notice"("visit_id");

-- CreateIndex
CREATE INDEX "visit_exemption_office_id_month_idx" ON "visit_exemption"("office_id", "month");
