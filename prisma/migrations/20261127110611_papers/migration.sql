-- CreateTable
CREATE TABLE "paper" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "rows" JSONB,
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "why" TEXT,
    "name" TEXT,
    "sha256" TEXT,
    "bytes" INTEGER,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "made_at" TIMESTAMPTZ(3),

    CONSTRAINT "paper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "uploaded_media" (
    "office_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "uploaded_media_pkey" PRIMARY KEY ("office_id","sha256","kind","name")
);

-- CreateIndex
CREATE INDEX "paper_state_asked_at_idx" ON "paper"("state", "asked_at");

-- CreateIndex
CREATE INDEX "paper_person_id_kind_asked_at_idx" ON "paper"("person_id", "kind", "asked_at");

-- AddForeignKey
ALTER TABLE "paper" ADD CONSTRAINT "paper_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper" ADD CONSTRAINT "paper_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
