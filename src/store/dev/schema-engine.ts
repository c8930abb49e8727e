// Prisma's schema engine as WebAssembly: says which SQL leads from a database to the schema, with nothing to download.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// The typed entry of the package needs a flag of Node to import .wasm, so the module is put together here; the typings
// of `schema_engine_bg` leave out what the glue exports for that purpose.
const glue = bindings as unknown as {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: {
    new: (options: object, log: (line: string) => void, adapter: object) => Promise<Engine>;
  };
};

type Files = { files: { path: string; content: string }[] };
interface Engine {
  diff(params: {
    from: { tag: 'empty' } | ({ tag: 'schemaDatasource'; configDir: string } & Files);
    to: { tag: 'schemaDatamodel' } & Files;
    script: boolean;
    exitCode: null;
    filters: { externalTables: string[]; externalEnums: string[] };
  }): Promise<{ stdout: string | null }>;
  free(): void;
}

/**
 * The engine reads catalogue columns of type "char", which the adapter refuses. They travel dressed as `time`, which no
 * catalogue column is and whose text stays as it is, and get their own type back before the engine sees them.
 */
const CHAR_OID = 18;
const TIME_OID = 1083;

class CataloguePool extends pg.Pool {
  // The adapter calls query(config) and awaits it; the other overloads of the base stay unused here.
  override query = (async (config: pg.QueryArrayConfig) => {
    const client = await this.connect();
    try {
      const result = await client.query(config);
      for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TIME_OID;
      return result;
    } finally {
      client.release();
    }
  }) as unknown as pg.Pool['query'];
}

function catalogueAdapter(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Time ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  };
  return factory;
}

// Where the engine leaves the words of a panic before it traps.
const panic = {
  message: '',
  set_message(message: string) {
    panic.message = message;
  },
};
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panic });

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(await readFile(file.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports, // the glue's functions are its imports
  });
  glue.__wbg_set_wasm(instance.exports);
  // wasm-bindgen always exports its start function.
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
}

/** The SQL that brings the database at `url` to the schema; '' when they agree. */
export async function diffToSchema(url: string, schemaFile: string): Promise<string> {
  loaded ??= load();
  await loaded;
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
  const pool = new CataloguePool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000 });
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogueAdapter(pool));
  const engine = await glue.SchemaEngine.new(
    { datamodels: [[schemaFile, files[0]?.content]] },
    () => {},
    adapter,
  );
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  } catch (err) {
    throw panic.message ? new Error(panic.message, { cause: err }) : err;
  } finally {
    if (!panic.message) engine.free();
    await pool.end();
  }
}
