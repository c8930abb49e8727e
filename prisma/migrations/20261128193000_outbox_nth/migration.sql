-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "nth" INTEGER;
