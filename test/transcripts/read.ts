// Reads a transcript: a conversation as people read it, one line a message. The format is explained in test/transcripts/README.md.

/** Left out: the chat with the app. */
export type Where = 'group' | 'aibot' | 'any-group';

export type Step =
  | { kind: 'says'; who: string; where?: Where; text: string; line: number }
  | { kind: 'taps'; who: string; button: string; line: number }
  | { kind: 'sends'; who: string; what: 'photo' | 'voice' | 'place' | 'file'; line: number }
  | { kind: 'enters'; who: string; line: number }
  | { kind: 'menu'; who: string; entry: string; line: number }
  | { kind: 'sees'; who: string; where?: Where; parts: string[]; line: number }
  | { kind: 'never'; who: string; where?: Where; parts: string[]; line: number }
  | { kind: 'quiet'; who: string; where?: Where; line: number }
  | { kind: 'off'; who: string; line: number }
  /** Leads her own area. */
  | { kind: 'leads'; who: string; line: number }
  | { kind: 'member'; who: string; status: 'left' | 'active'; line: number }
  /** To a department of that name, which is made when it is not there. */
  | { kind: 'moved'; who: string; department: string; line: number }
  /** A school that is no more. */
  | { kind: 'closed'; school: string; line: number }
  /** The bot was updated since: her open draft is as an older version left it, in which one more slot held these words. */
  | { kind: 'older'; who: string; words: string; line: number }
  | { kind: 'clock'; at: Date; line: number };

export interface Transcript {
  title: string;
  steps: Step[];
}

const MEDIA = { 照片: 'photo', 语音: 'voice', 位置: 'place', 文件: 'file' } as const;

/** Throws with the line when one cannot be read. */
export function readTranscript(text: string, timeZoneOffset = '+08:00'): Transcript {
  const lines = text.split('\n');
  const title = lines.find((line) => line.startsWith('#'))?.replace(/^#\s*/, '') ?? '';
  const steps: Step[] = [];
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const words = raw.trim();
    if (words === '' || words.startsWith('#')) continue;
    const clock = /^时间\s+(\d{4}-\d{2}-\d{2})\s+(\d{2}:\d{2}(?::\d{2})?)$/u.exec(words);
    if (clock) {
      steps.push({
        kind: 'clock',
        at: new Date(`${clock[1]}T${clock[2]?.padEnd(8, ':00')}${timeZoneOffset}`),
        line,
      });
      continue;
    }
    const closed = /^停办\s+(\S+)$/u.exec(words)?.[1];
    if (closed) {
      steps.push({ kind: 'closed', school: closed, line });
      continue;
    }
    const off = /^停用\s+(\S+)$/u.exec(words)?.[1];
    if (off) {
      steps.push({ kind: 'off', who: off, line });
      continue;
    }
    const leader = /^组长\s+(\S+)$/u.exec(words)?.[1];
    if (leader) {
      steps.push({ kind: 'leads', who: leader, line });
      continue;
    }
    const member = /^(离开|回来)\s+(\S+)$/u.exec(words);
    if (member) {
      const status = member[1] === '离开' ? 'left' : 'active';
      steps.push({ kind: 'member', who: member[2] ?? '', status, line });
      continue;
    }
    const moved = /^调到\s+(\S+)\s+(\S+)$/u.exec(words);
    if (moved) {
      steps.push({ kind: 'moved', who: moved[1] ?? '', department: moved[2] ?? '', line });
      continue;
    }
    const older = /^旧版\s+(\S+)\s+(.+)$/u.exec(words);
    if (older) {
      steps.push({ kind: 'older', who: older[1] ?? '', words: older[2] ?? '', line });
      continue;
    }
    const heard = /^→\s*(\S+?)\s*[::]\s*(.+)$/u.exec(words);
    if (heard) {
      const { who, where } = placed(heard[1] ?? '');
      const said = heard[2] ?? '';
      if (said === '(没有回话)') {
        steps.push({ kind: 'quiet', who, where, line });
        continue;
      }
      const never = said.startsWith('(没有)');
      const parts = (never ? said.slice('(没有)'.length) : said)
        .split('…')
        .map((part) => part.trim())
        .filter(Boolean);
      steps.push({ kind: never ? 'never' : 'sees', who, where, parts, line });
      continue;
    }
    const spoken = /^(\S+?)\s*[::]\s*(.*)$/u.exec(words);
    if (!spoken)
      throw new Error(
        `line ${line}: neither "who: words", nor "→ who: words", nor "时间 …", nor "停用 who", "组长 who", "离开 who", "回来 who", "调到 who department", "旧版 who words": ${words}`,
      );
    steps.push(spokenStep(spoken[1] ?? '', (spoken[2] ?? '').trim(), line));
  }
  return { title, steps };
}

/** The group as a whole: what one sees there all see. */
export const GROUP_NAME = '工作群';
const WHERE = { 工作群: 'group', 机器人: 'aibot', 群里: 'any-group' } as const;

/** `李秀英(工作群)` speaks to the smart robot in the group, `李秀英(机器人)` alone with it; `→ 李秀英(群里)` sees it in a group that the bot made or where a robot posts. */
function placed(name: string): { who: string; where?: Where } {
  if (name === GROUP_NAME) return { who: name, where: 'group' };
  const found = /^(.+)[(（](工作群|机器人|群里)[)）]$/u.exec(name);
  if (!found) return { who: name };
  return { who: found[1] ?? '', where: WHERE[found[2] as keyof typeof WHERE] }; // the pattern's own words
}

function spokenStep(name: string, said: string, line: number): Step {
  const { who, where } = placed(name);
  const button = /^\[(.+)\]$/u.exec(said)?.[1];
  if (button) return { kind: 'taps', who, button, line };
  const thing = /^<(.+)>$/u.exec(said)?.[1];
  if (!thing) return { kind: 'says', who, where, text: said.replaceAll('\\n', '\n'), line };
  if (thing === '进入') return { kind: 'enters', who, line };
  if (thing.startsWith('菜单 '))
    return { kind: 'menu', who, entry: thing.slice('菜单 '.length).trim(), line };
  const what = MEDIA[thing as keyof typeof MEDIA];
  if (!what)
    throw new Error(
      `line ${line}: <${thing}> is not known; there are <进入>, <菜单 …>, <${Object.keys(MEDIA).join('>, <')}>`,
    );
  return { kind: 'sends', who, what, line };
}

/** Without white space, and with half-width marks: who writes a transcript need not think of either. */
function folded(text: string): string {
  const half: Record<string, string> = {
    '，': ',',
    '：': ':',
    '；': ';',
    '？': '?',
    '！': '!',
    '（': '(',
    '）': ')',
  };
  return text.replaceAll(/\s+/gu, '').replaceAll(/[，：；？！（）]/gu, (mark) => half[mark] ?? mark);
}

/** Whether the parts stand in the text in this order, white space and the width of marks aside. */
export function holds(text: string, parts: readonly string[]): boolean {
  const plain = folded(text);
  let from = 0;
  for (const part of parts) {
    const at = plain.indexOf(folded(part), from);
    if (at < 0) return false;
    from = at + folded(part).length;
  }
  return true;
}
