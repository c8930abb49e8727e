-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "closed_by" UUID,
ADD COLUMN     "escalation" TEXT,
ADD COLUMN     "forwarded_at" TIMESTAMPTZ(3),
ADD COLUMN     "look_back_note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "looked_back_at" TIMESTAMPTZ(3),
ADD COLUMN     "looked_back_by" UUID,
ADD COLUMN     "looked_back_how" TEXT,
ADD COLUMN     "objected_at" TIMESTAMPTZ(3),
ADD COLUMN     "objection" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "plan_measure" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "plan_on" DATE,
ADD COLUMN     "plan_person" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "planned_at" TIMESTAMPTZ(3),
ADD COLUMN     "relapse_of" UUID,
ADD COLUMN     "reminded_on" DATE,
ADD COLUMN     "reopened" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "responsible_unit" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "extension" (
    "id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "reason" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "asked_on" DATE NOT NULL,
    "granted_on" DATE,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "extension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consultation" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "department" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "due_on" DATE NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "consultation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "escalation" (
    "id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "extension_finding_id_asked_at_idx" ON "extension"("finding_id", "asked_at");

-- CreateIndex
CREATE INDEX "consultation_finding_id_idx" ON "consultation"("finding_id");

-- CreateIndex
CREATE UNIQUE INDEX "consultation_office_id_year_number_key" ON "consultation"("office_id", "year", "number");

-- CreateIndex
CREATE INDEX "escalation_finding_id_at_idx" ON "escalation"("finding_id", "at");

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_relapse_of_fkey" FOREIGN KEY ("relapse_of") REFERENCES "finding"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension" ADD CONSTRAINT "extension_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "rectification_notice" ADD COLUMN     "countersigned_by" UUID;
