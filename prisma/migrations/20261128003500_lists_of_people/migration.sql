ALTER TABLE "school_list" RENAME TO "saved_list";
ALTER TABLE "saved_list" RENAME CONSTRAINT "school_list_pkey" TO "saved_list_pkey";
ALTER INDEX "school_list_office_id_voided_at_idx" RENAME TO "saved_list_office_id_voided_at_idx";
ALTER TABLE "saved_list" ADD COLUMN "people" JSONB NOT NULL DEFAULT '[]';
