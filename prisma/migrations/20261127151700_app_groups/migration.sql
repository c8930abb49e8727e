-- CreateTable
CREATE TABLE "app_group" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "chat_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "area_id" UUID,
    "owner_id" UUID NOT NULL,
    "made_by" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "ends_on" DATE,
    "last_words" TEXT NOT NULL DEFAULT '',
    "size" INTEGER NOT NULL DEFAULT 0,
    "changes" INTEGER NOT NULL DEFAULT 0,
    "settled" INTEGER NOT NULL DEFAULT 0,
    "checked_version" INTEGER NOT NULL DEFAULT 0,
    "checked_on" DATE,
    "why" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,

    CONSTRAINT "app_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "joined_in" INTEGER NOT NULL,
    "left_in" INTEGER,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "app_group_state_idx" ON "app_group"("state");

-- CreateIndex
CREATE UNIQUE INDEX "app_group_office_id_chat_id_key" ON "app_group"("office_id", "chat_id");

-- CreateIndex
CREATE INDEX "group_member_group_id_until_idx" ON "group_member"("group_id", "until");

-- CreateIndex
CREATE INDEX "group_member_person_id_idx" ON "group_member"("person_id");

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "app_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
