-- AlterTable
ALTER TABLE "group_robot" ALTER COLUMN "key_sealed" DROP NOT NULL;
