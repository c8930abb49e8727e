-- A step that was noted by mistake is taken back with a reason; the row stays.
ALTER TABLE "escalation" ADD COLUMN "taken_back" TEXT;
