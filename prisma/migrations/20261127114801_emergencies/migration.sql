-- AlterTable
ALTER TABLE "deadline" ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "settled_at" TIMESTAMPTZ(3),
ALTER COLUMN "school_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "emergency" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "school_id" UUID,
    "area_id" UUID,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'raised',
    "raised_by" UUID NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "ack_at" TIMESTAMPTZ(3),
    "ack_by" UUID,
    "scene_at" TIMESTAMPTZ(3),
    "scene_by" UUID,
    "contained_at" TIMESTAMPTZ(3),
    "contained_by" UUID,
    "reported_at" TIMESTAMPTZ(3),
    "reported_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" UUID,
    "called_off_at" TIMESTAMPTZ(3),
    "called_off_by" UUID,
    "call_off_reason" TEXT,
    "last_note_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "emergency_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_note" (
    "id" UUID NOT NULL,
    "emergency_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "emergency_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_person" (
    "emergency_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "ack_at" TIMESTAMPTZ(3),

    CONSTRAINT "emergency_person_pkey" PRIMARY KEY ("emergency_id","person_id")
);

-- CreateIndex
CREATE INDEX "emergency_office_id_state_idx" ON "emergency"("office_id", "state");

-- CreateIndex
CREATE INDEX "emergency_note_emergency_id_at_idx" ON "emergency_note"("emergency_id", "at");

-- CreateIndex
CREATE INDEX "emergency_person_person_id_idx" ON "emergency_person"("person_id");

-- AddForeignKey
ALTER TABLE "emergency_note" ADD CONSTRAINT "emergency_note_emergency_id_fkey" FOREIGN KEY ("emergency_id") REFERENCES "emergency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_person" ADD CONSTRAINT "emergency_person_emergency_id_fkey" FOREIGN KEY ("emergency_id") REFERENCES "emergency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
