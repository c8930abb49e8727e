-- CreateTable
CREATE TABLE "hand_over" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    "why" TEXT,

    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "hand_over_state_from_on_idx" ON "hand_over"("state", "from_on");

-- CreateIndex
CREATE INDEX "hand_over_school_id_state_idx" ON "hand_over"("school_id", "state");

-- AddForeignKey
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
