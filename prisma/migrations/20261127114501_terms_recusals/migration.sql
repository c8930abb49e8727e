-- AlterTable
ALTER TABLE "person" ADD COLUMN     "appointed_on" DATE,
ADD COLUMN     "credential_no" TEXT,
ADD COLUMN     "credential_until" DATE,
ADD COLUMN     "term" INTEGER;

-- CreateTable
CREATE TABLE "recusal" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE,

    CONSTRAINT "recusal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "recusal_person_id_idx" ON "recusal"("person_id");

-- CreateIndex
CREATE INDEX "recusal_school_id_idx" ON "recusal"("school_id");

-- AddForeignKey
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
