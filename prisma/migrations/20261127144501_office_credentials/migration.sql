-- Several offices on one deployment: each with credentials of its own, sealed.
-- CreateTable
CREATE TABLE "office_credential" (
    "office_id" UUID NOT NULL,
    "corp_id" TEXT NOT NULL,
    "agent_id" INTEGER NOT NULL,
    "sealed" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "office_credential_pkey" PRIMARY KEY ("office_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "office_credential_corp_id_agent_id_key" ON "office_credential"("corp_id", "agent_id");
