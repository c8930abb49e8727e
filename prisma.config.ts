// Tells Prisma's command line where the schema is, and lets `prisma generate` run where its engines cannot be downloaded.
import { defineConfig } from 'prisma/config';

// `generate` only checks that the schema engine exists; any existing file will do (see prisma/orm issue 17482).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/dudao' },
});
