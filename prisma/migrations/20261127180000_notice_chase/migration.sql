-- AlterTable
ALTER TABLE "supervision_notice" ADD COLUMN     "remind_asked_at" TIMESTAMPTZ(3);
