-- A time in which messages did not get through is written down, so that the office is told of it once.
-- CreateTable
CREATE TABLE "delivery_trouble" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "late" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "delivery_trouble_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delivery_trouble_office_id_ended_at_idx" ON "delivery_trouble"("office_id", "ended_at");
