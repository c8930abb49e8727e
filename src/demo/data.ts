// Reads the demo district's own data: schools and areas, name lists, and what inspectors find, all fictional.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DISPOSITIONS, ITEMS } from '../supervision/findings.ts';
import { areaSchema, officeSchema, SCHOOL_KINDS, schoolSchema } from '../supervision/roster/file.ts';

// Seen from src/demo and from dist/demo alike.
const folder = new URL('../../prisma/demo/', import.meta.url);

function read<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}

const districtSchema = z.object({
  office: officeSchema.omit({ slug: true }),
  headcount: z.object({ inspectors: z.int(), schoolInspectors: z.int() }),
  areas: z.array(areaSchema),
  schools: z.array(schoolSchema),
});
export type District = z.infer<typeof districtSchema>;

const words = z.string().transform((text) => text.split(' '));
const namesSchema = z.object({
  /** The director and the three clerks, whom stories and pictures name. */
  office: words,
  surnames: z.string().transform((text) => [...text]),
  female: words,
  male: words,
});
export type Names = z.infer<typeof namesSchema>;

const foundSchema = z.object({
  item: z.enum(ITEMS),
  grade: z.enum(DISPOSITIONS),
  text: z.string(),
  fix: z.string(),
  kinds: z.array(z.enum(SCHOOL_KINDS)).optional(),
});
const stuffSchema = z.object({
  findings: z.array(foundSchema),
  returns: z.array(z.string()),
  narratives: z.array(z.string()),
  highlights: z.array(z.string()),
  reasons: z.array(z.string()),
});
export type FoundThing = z.infer<typeof foundSchema>;
export type Stuff = z.infer<typeof stuffSchema>;

/** Areas and schools of the demo district. */
export const readDistrict = (): District => read('district.json', districtSchema);
export const readNames = (): Names => read('names.json', namesSchema);
export const readStuff = (): Stuff => read('findings.json', stuffSchema);
