-- Rows that are settled, or told of, some time after they were written: with room on their page the new version needs no
-- new entry in any index.
ALTER TABLE "deadline" SET (fillfactor = 70);
ALTER TABLE "visit" SET (fillfactor = 85);

-- Deadlines are never deleted, and a nudge is written in the transaction that read its deadline.
ALTER TABLE "nudge" DROP CONSTRAINT "nudge_office_id_kind_subject_id_period_fkey";
