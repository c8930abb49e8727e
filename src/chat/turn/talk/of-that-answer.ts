// What is asked of what was told a moment ago, naming nothing anew: "那次发现啥问题", "再上一次呢", "谁去的", "校长是谁".
import type { HistoryLook } from '../../../supervision/visit-history.ts';
import type { Row } from '../../conversation.ts';
import { tellNow } from '../begin/begin-flow.ts';
import { openFrame } from '../draft/frames.ts';
import type { Stage } from '../stage.ts';
import { askedLately } from './asked-on.ts';

const HISTORY = 'visit-history';
const MOST = 16;
const IT = '(?:那么?|这|上)?(?:一)?(?:次|回|天)?(?:的时候)?(?:当时|都|一共|到底|具体)*';
const END = '[了过没有吗呢啊呀吧么的?\uff1f。\\s]*$';

/** What was found at it, and whether it is put right: both are told together. */
const FOUND = new RegExp(
  `^${IT}(?:(?:查出|查到|查|发现|有|存在|提)(?:了|过|出)?(?:些)?)?(?:(?:啥|什么|哪些|几个|多少|没有?|有没有)(?:问题|毛病|不足)|问题|毛病)${END}|^(?:现在|后来|问题|这些|那些)?(?:都)?(?:整)?改(?:完|好|到位)?了?(?:没有?|吗)${END}|^what (?:was found|did (?:i|you|they|she|he) find)\\??$`,
  'iu',
);
const EARLIER =
  /^(?:那么?|还有)?(?:没有)?(?:上上|再上|再早|更早|再往前|再前|前)(?:面|一)*(?:次|回)?(?:是哪天|是什么时候|怎么样|咋样|发现.{0,6}|有.{0,2}问题)?(?:的|呢|吗|没|有|了)*[?\uff1f]?$|^(?:and )?the one before(?: that)?\??$/iu;
/** Who, which half of the day, lessons, which day: all of it stands in its line. */
const ITS_LINE = new RegExp(
  `^${IT}(?:是)?(?:(?:谁|哪位|哪个督学|跟谁|和谁)(?:一起|陪着?)?(?:去|来|查|督导)|(?:上午|下午)(?:去|来)?的?(?:还是(?:上午|下午))?(?:去|来)?|听(?:了)?(?:几节|多少)?课|(?:几号|哪天|什么时候|啥时候)(?:去|来)?)${END}`,
  'u',
);

const THERE = '(?:那么?|这|他们?|她们?)?(?:里|边|儿|所|个|家)?(?:学校|幼儿园|园|校)?的?';
/** Of the school that was spoken of: who is there, and how she is reached. */
const OF_THE_SCHOOL: readonly [RegExp, string][] = [
  [
    new RegExp(`^${THERE}(?:校长|园长|负责人)(?:是|叫)?(?:谁|哪位|啥名字?|什么名字?)${END}`, 'u'),
    'my-schools',
  ],
  [new RegExp(`^${THERE}(?:归|是|由)?(?:谁|哪位(?:督学)?)(?:在)?(?:管|负责)${END}`, 'u'), 'my-schools'],
  [
    new RegExp(
      `^${THERE}(?:校长|园长)?的?(?:电话|手机|手机号|联系方式|号码)(?:号码?)?(?:是)?(?:多少|几号|几|发我|给我)?${END}`,
      'u',
    ),
    'school-phone',
  ],
];

/** Of figures: which schools or findings they were counted from. */
const WHICH =
  /^(?:那么?|这些|都|分别|具体)*(?:是|有)?(?:哪些|哪几[所个次条])(?:学校|问题|所|次)?(?:啊|呀|呢)?[?\uff1f]?$/u;

/** True when it was asked of the answer before, and told. */
export function asksOfThatAnswer(t: Stage, text: string): boolean {
  const asked = askedLately(t);
  const said = text.trim();
  if (!asked || [...said].length > MOST) return false;
  if (asked.flow === HISTORY) {
    const look = lookAt(said, asked.row.look as HistoryLook | undefined); // the slot's own value
    if (look) return tell(t, HISTORY, { ...asked.row, look });
  }
  if (asked.flow === 'ask-figures' && WHICH.test(said)) return tell(t, 'figure-rows', {});
  const { school } = asked.row;
  const flow = school === undefined ? undefined : OF_THE_SCHOOL.find(([words]) => words.test(said))?.[1];
  return flow !== undefined && tell(t, flow, { school });
}

function lookAt(said: string, before: HistoryLook | undefined): HistoryLook | null {
  const back = before?.back ?? 0;
  if (EARLIER.test(said)) return { findings: true, back: back + 1 };
  if (FOUND.test(said)) return { findings: true, back };
  return ITS_LINE.test(said) ? { findings: true, back } : null;
}

function tell(t: Stage, name: string, row: Row): boolean {
  const flow = t.deps.scripts.flows.get(name);
  if (!flow?.roles.some((role) => t.facts.person.roles.includes(role))) return false;
  t.c.misses = 0;
  tellNow(t, openFrame(t, flow, [row]));
  return true;
}
