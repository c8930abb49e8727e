// Which offices the platform does not let in, for whoever asks whether this process is well.
import type { Office, Offices } from './offices.ts';

/** An office that was refused is asked again when somebody looks, and no oftener: many tries with a wrong secret block the address (91039). */
const AGAIN_MS = 5 * 60_000;

/** What is known of each, without waiting; one that is refused is asked again behind it, so that what was mended is seen. */
export function refusalsOf(
  offices: Pick<Offices, 'all'>,
  now: () => Date,
): () => { office: string; errcode: number }[] {
  const askedAt = new WeakMap<Office['client'], number>();
  return () =>
    offices.all().flatMap(({ slug, client }) => {
      const refusal = client.refusal();
      if (!refusal) return [];
      const at = now().getTime();
      const asked = askedAt.get(client);
      if (asked === undefined || at - asked >= AGAIN_MS) askedAt.set(client, at);
      if (asked !== undefined && at - asked >= AGAIN_MS) client.knock().catch(() => {}); // its door notes the answer
      return [{ office: slug, errcode: refusal.errcode }];
    });
}
