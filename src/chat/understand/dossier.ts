// A reading in the shape of the dossier (DOMAIN §6.2), which knows one notice a reading: what is said of several is said of each.
import type { Reading, Understood } from './types.ts';

/** One reading for each notice that is named, each with the school that stands beside its number. */
function eachNotice(reading: Reading): Reading[] {
  const { rect_nos: numbers, schools, ...rest } = reading.slots;
  if (!numbers) return [reading];
  const own = schools?.length === numbers.length ? schools : undefined;
  return numbers.map((rect_no, i) => {
    const school = own?.[i];
    return {
      ...reading,
      slots: { ...rest, rect_no, ...(school ? { school } : !own && schools ? { schools } : {}) },
    };
  });
}

/** What was understood, as those outside see it; readings of one notice or none are left as they are. */
export function inDossierShape(understood: Understood): Understood {
  const { candidates, intents = [understood] } = understood;
  const each = intents.flatMap(eachNotice);
  const [first] = each;
  if (!first || each.length === intents.length) return understood;
  return { ...first, candidates, intents: each };
}
