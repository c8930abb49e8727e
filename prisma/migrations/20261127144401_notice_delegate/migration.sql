-- A school's head may name who signs a notice for her.
-- AlterTable
ALTER TABLE "rectification_notice" ADD COLUMN     "delegate_id" UUID;

-- CreateIndex
CREATE INDEX "rectification_notice_delegate_id_idx" ON "rectification_notice"("delegate_id");
