-- AlterTable
ALTER TABLE "supervision_notice" ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

-- DropIndex: receipts are found by the office and the user key, which the index for the limits has.
DROP INDEX "notice_receipt_notice_id_user_key_idx";
