-- CreateTable
CREATE TABLE "supervision_notice" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "audience" JSONB NOT NULL,
    "content" TEXT NOT NULL,
    "receipt" BOOLEAN NOT NULL,
    "receipt_due_at" TIMESTAMPTZ(3),
    "attachments" UUID[],
    "reason" TEXT,
    "state" TEXT NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "cursor" UUID,
    "chunks" INTEGER NOT NULL DEFAULT 0,
    "planned_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "recalled_at" TIMESTAMPTZ(3),
    "corrects" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supervision_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_receipt" (
    "notice_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "user_key" TEXT NOT NULL,
    "chunk" INTEGER NOT NULL,
    "wanted" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "why" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "response_code" TEXT,

    CONSTRAINT "notice_receipt_pkey" PRIMARY KEY ("notice_id","person_id")
);

-- CreateIndex
CREATE INDEX "supervision_notice_office_id_send_at_idx" ON "supervision_notice"("office_id", "send_at");

-- CreateIndex
CREATE INDEX "supervision_notice_state_send_at_idx" ON "supervision_notice"("state", "send_at");

-- CreateIndex
CREATE INDEX "notice_receipt_notice_id_chunk_idx" ON "notice_receipt"("notice_id", "chunk");

-- CreateIndex
CREATE INDEX "notice_receipt_notice_id_user_key_idx" ON "notice_receipt"("notice_id", "user_key");

-- CreateIndex
CREATE INDEX "notice_receipt_person_id_wanted_state_idx" ON "notice_receipt"("person_id", "wanted", "state");

-- CreateIndex
CREATE INDEX "notice_receipt_office_id_user_key_sent_at_idx" ON "notice_receipt"("office_id", "user_key", "sent_at");

-- AddForeignKey
ALTER TABLE "notice_receipt" ADD CONSTRAINT "notice_receipt_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "supervision_notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
