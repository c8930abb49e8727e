// How characters sound, and which sounds a dictating inspector's phone confuses. Both sides of a comparison go through here.
import { pinyin } from 'pinyin-pro';

/** Characters that a finger or a scanner puts for another; they are filed under the sound of the one meant. */
const LOOKALIKES: Record<string, string> = {
  怫: '佛',
  彿: '佛',
  拂: '佛',
  侨: '桥',
  轿: '桥',
  肓: '育',
  抑: '柳',
  卯: '柳',
  柯: '河',
  睛: '清',
};

const plain = new Map<string, string>();
const loose = new Map<string, string>();

/** The syllable of one character without its tone; '' for anything that is not Chinese. */
export function syllable(char: string): string {
  const known = plain.get(char);
  if (known !== undefined) return known;
  const spoken = /[\u3400-\u9fff]/.test(char)
    ? pinyin(char, { toneType: 'none', type: 'string', v: true })
    : '';
  const clean = /^[a-z]+$/.test(spoken) ? spoken : '';
  plain.set(char, clean);
  return clean;
}

/** zh/z, ch/c, sh/s, l/n/r, f/h/w and in/ing, en/eng, an/ang fall together. */
function blurred(sound: string): string {
  let s = sound.replace(/^([zcs])h/, '$1').replace(/^[nr]/, 'l');
  if (s === 'fo') s = 'fu';
  s = s.replace(/^f/, 'w');
  s = s.replace(/^hu(?=[aoein])/, 'w').replace(/^hu$/, 'wu');
  return s.replace(/ng$/, 'n');
}

/** The key under which names of like sound are filed: blurred, and a last n dropped (关 and 瓜). */
export function soundKey(char: string): string {
  const known = loose.get(char);
  if (known !== undefined) return known;
  const key = blurred(syllable(LOOKALIKES[char] ?? char)).replace(/n$/, '');
  loose.set(char, key);
  return key;
}

/** What it costs to read `typed` for `meant`: 0 the same, 1 same sound, 2 like sound, 3 nearly; undefined: not at all. */
export function soundCost(typed: string, meant: string): number | undefined {
  if (typed === meant) return 0;
  const [a, b] = [syllable(typed), syllable(meant)];
  if (a && a === b) return 1;
  if (LOOKALIKES[typed] === meant) return 2;
  if (!a || !b) return undefined;
  if (blurred(a) === blurred(b)) return 2;
  return soundKey(typed) === soundKey(meant) ? 3 : undefined;
}
