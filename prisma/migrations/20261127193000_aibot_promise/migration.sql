-- Answers that a smart robot has promised over its long connection and not given yet.
CREATE TABLE "aibot_promise" (
    "office_id" UUID NOT NULL,
    "dedup_key" TEXT NOT NULL,
    "aibot_id" TEXT NOT NULL,
    "stream_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "req_id" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "aibot_promise_pkey" PRIMARY KEY ("office_id","dedup_key")
);
