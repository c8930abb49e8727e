-- CreateTable
CREATE TABLE "school_list" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "schools" JSONB NOT NULL,
    "made_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "voided_by" UUID,

    CONSTRAINT "school_list_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "school_list_office_id_voided_at_idx" ON "school_list"("office_id", "voided_at");
