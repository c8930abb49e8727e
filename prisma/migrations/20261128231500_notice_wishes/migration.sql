-- CreateTable
CREATE TABLE "notice_wish" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "said" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answered_by_id" UUID,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_wish_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_wish_office_id_answered_at_idx" ON "notice_wish"("office_id", "answered_at");

-- AddForeignKey
ALTER TABLE "notice_wish" ADD CONSTRAINT "notice_wish_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "supervision_notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
