-- DropIndex
DROP INDEX "deadline_office_id_state_next_nudge_on_idx";

-- AlterTable
ALTER TABLE "deadline" DROP COLUMN "next_nudge_on";

-- CreateIndex
CREATE INDEX "assignment_office_id_idx" ON "assignment"("office_id");

-- CreateIndex
CREATE INDEX "deadline_office_id_state_idx" ON "deadline"("office_id", "state");

-- CreateIndex
CREATE INDEX "finding_office_id_state_idx" ON "finding"("office_id", "state");
