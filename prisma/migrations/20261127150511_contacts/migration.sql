-- AlterTable
ALTER TABLE "person" ADD COLUMN     "left_why" TEXT,
ADD COLUMN     "member_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "contact_check" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "asked_by" UUID,
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "report" JSONB,
    "digest" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contact_check_state_idx" ON "contact_check"("state");

-- CreateIndex
CREATE UNIQUE INDEX "contact_check_office_id_name_key" ON "contact_check"("office_id", "name");
