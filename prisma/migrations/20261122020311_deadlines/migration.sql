-- AlterTable
ALTER TABLE "office" ADD COLUMN     "planned_on" DATE;

-- CreateTable
CREATE TABLE "deadline" (
    "office_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "period" TEXT NOT NULL DEFAULT '',
    "school_id" UUID NOT NULL,
    "owner_id" UUID,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "settled_on" DATE NOT NULL,
    "next_nudge_on" DATE,

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("office_id","kind","subject_id","period")
);

-- CreateTable
CREATE TABLE "nudge" (
    "office_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "at" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "told" TEXT NOT NULL,

    CONSTRAINT "nudge_pkey" PRIMARY KEY ("office_id","kind","subject_id","period","due_on","at","person_id")
);

-- CreateIndex
CREATE INDEX "deadline_office_id_state_next_nudge_on_idx" ON "deadline"("office_id", "state", "next_nudge_on");

-- AddForeignKey
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_office_id_kind_subject_id_period_fkey" FOREIGN KEY ("office_id", "kind", "subject_id", "period") REFERENCES "deadline"("office_id", "kind", "subject_id", "period") ON DELETE RESTRICT ON UPDATE CASCADE;
