-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "advice" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "capacity" TEXT NOT NULL DEFAULT 'own',
ADD COLUMN     "late" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "method_counts" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "place" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "read_at" TIMESTAMPTZ(3),
ADD COLUMN     "read_by" UUID;

-- CreateTable
CREATE TABLE "visit_companion" (
    "visit_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "visit_companion_pkey" PRIMARY KEY ("visit_id","person_id")
);

-- CreateTable
CREATE TABLE "lesson_observation" (
    "id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "class" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL DEFAULT '',
    "teacher" TEXT NOT NULL DEFAULT '',
    "comment" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "lesson_observation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office_month" (
    "office_id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "focus" TEXT NOT NULL DEFAULT '',
    "reported_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,

    CONSTRAINT "office_month_pkey" PRIMARY KEY ("office_id","month")
);

-- CreateTable
CREATE TABLE "visit_exemption" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" UUID,

    CONSTRAINT "visit_exemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_plan" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "planned_on" DATE NOT NULL,
    "session" TEXT,
    "items" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'planned',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_plan_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "visit_companion_person_id_idx" ON "visit_companion"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "lesson_observation_visit_id_ordinal_key" ON "lesson_observation"("visit_id", "ordinal");

-- CreateIndex
CREATE INDEX "visit_exemption_school_id_month_idx" ON "visit_exemption"("school_id", "month");

-- CreateIndex
CREATE INDEX "visit_plan_person_id_planned_on_idx" ON "visit_plan"("person_id", "planned_on");

-- CreateIndex
CREATE INDEX "visit_plan_school_id_planned_on_idx" ON "visit_plan"("school_id", "planned_on");

-- AddForeignKey
ALTER TABLE "visit_companion" ADD CONSTRAINT "visit_companion_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_companion" ADD CONSTRAINT "visit_companion_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lesson_observation" ADD CONSTRAINT "lesson_observation_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_month" ADD CONSTRAINT "office_month_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_exemption" ADD CONSTRAINT "visit_exemption_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_exemption" ADD CONSTRAINT "visit_exemption_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
