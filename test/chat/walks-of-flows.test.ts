// Every flow there is, walked from its own beginning by somebody whom it serves: no walk breaks, acts unasked or cannot be left.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../../src/chat/scripts/shapes.ts';
import type { Role } from '../../src/supervision/act.ts';
import { ACTIONS } from '../../src/supervision/actions.ts';
import { shippedTalk } from '../support/office.ts';
import { Bench, finding, notice, visit } from './bench.ts';
import { resultLike } from './result-like.ts';
import { leave, stepOf, take, YES } from './walking.ts';

const { scripts } = shippedTalk();

/** Who speaks for a role; the fixture roster has neither leaders of areas nor in-school inspectors. */
const SPEAKS: Record<Role, string> = {
  inspector: 'insp-wang',
  'area-leader': 'insp-zhao',
  'school-inspector': 'head-s02',
  principal: 'head-s02',
  office: 'office-chen',
  director: 'office-sun',
};

/** Answers of every kind of slot, right, doubtful and wrong. */
const ANSWERS = [
  ...YES,
  ...[
    '取消',
    '上一步',
    '继续',
    '修改',
    '不是',
    '都不是',
    '都去了',
    '没有',
    '算了',
    '先放着',
    '帮助',
    '等下 先别发',
  ],
  ...[
    '二实小',
    '第一中学',
    '石佛',
    '火星小学',
    '东关',
    '一中和特校',
    '各位校长',
    '全体督学',
    '张明',
    '王大锤',
    '一区',
  ],
  ...[
    '昨天',
    '下周五',
    '明年三月',
    '3月',
    '上个月',
    '这学期',
    '十天',
    '四十天',
    '明早八点',
    '不用回执',
    '31号',
  ],
  ...[
    '1',
    '2',
    '第二个',
    '第九条',
    '031',
    '099号',
    '通过',
    '不通过',
    '现场看了,改好了',
    '没改好',
    '同意',
    '不同意',
  ],
  ...[
    '灭火器过期2个',
    '因为消防公司排不上',
    '已经换好了',
    '第二条当场改了',
    '改成严重',
    '日期改成昨天',
    '不是一中是二中',
  ],
  ...[
    '我这个月还差哪几所',
    '谁还没回执',
    '登记督导',
    '学生打架受伤送医院了',
    '咕咕咕',
    '{{ office }}<a>',
    '   ',
  ],
];

/** The flow's own words, holes filled. */
function wordsOf(flow: Flow): string[] {
  const texts = scripts.voice('zh-CN', () => '2026-03-19', {});
  const examples = flow.intents.flatMap((intent) => (scripts.examples('zh-CN')[intent] ?? []).slice(0, 12));
  const filled = [...examples, texts.text(`${flow.flow}.title`, {})].map((one) =>
    one
      .replaceAll('{school}', '第二实验小学')
      .replaceAll('{person}', '张明')
      .replaceAll('{finding}', '灭火器过期2个')
      .replaceAll(/\{\w+\}/gu, '031'),
  );
  return filled.filter((one) => one.trim() !== '');
}

/** Something waits in every state, so that every flow has what it is about. */
function begun(role: Role): Bench {
  const bench: Bench = new Bench(
    SPEAKS[role],
    shippedTalk(),
    (act) => {
      // Every fifth act is refused, as happens when somebody else was faster.
      if (bench.acts.length % 5 === 4) return { ok: false, code: 'rectification.closed' };
      const action = ACTIONS.get(act.action);
      return { ok: true, result: action ? resultLike(action, bench.acts.length) : {} };
    },
    'zh-CN',
    [role],
  );
  const head = role === 'principal' || role === 'school-inspector';
  const ofOffice = role === 'office' || role === 'director';
  const states = [
    'draft',
    'issued',
    'submitted',
    'returned',
    'accepted',
    'extension_pending',
    'objected',
    'closed',
  ];
  for (const [at, state] of states.entries())
    bench.waiting.findings.push(
      finding(31 + at, '第二实验小学', ['灭火器过期2个', '食堂留样没贴标签'][at % 2] ?? '', {
        state,
        mineToFix: head,
        forOffice: ofOffice,
        disposition: at % 3 === 0 ? 'serious' : 'general',
        ...(/pending|objected/u.test(state) ? { asks: { due: '2026-04-03', reason: '排不上' } } : {}),
      }),
    );
  if (head) bench.waiting.notices.push(notice(32, '第二实验小学'), notice(33, '第二实验小学'));
  else bench.waiting.visits.push(visit(1, '第二实验小学', '2026-03-18'), visit(2, '第一中学', '2026-03-11'));
  const sent = {
    id: '00000000-0000-4000-8000-000000000801',
    content: '周五下午开会',
    sendAt: '2026-03-18T02:00:00Z',
  };
  if (ofOffice)
    bench.waiting.ofOffice = {
      overdue: [],
      lists: [],
      used: 0,
      notices: [{ ...sent, state: 'sent', receipt: true, audience: { code: 'principals' } }],
      closed: [],
      wishes: [],
    };
  return bench;
}

/** As if it had been begun and put by: whatever words begin it, its questions are asked from the first on. */
function opened(bench: Bench, flow: Flow): void {
  const at = bench.now.toISOString();
  const frame = {
    id: 'f-1',
    flow: flow.flow,
    version: flow.version,
    rows: [{}],
    openedAt: at,
    touchedAt: at,
  };
  const rest = { past: [], doubts: {}, tapped: false, notClean: false, masked: false, danger: false };
  bench.conversation = { ...bench.conversation, frame: { ...frame, ...rest } };
}

describe('walks of flows', () => {
  const cases = [...scripts.flows.values()].flatMap((flow) =>
    flow.roles.map((role) => [flow.flow, role] as const),
  );
  test.each(cases)('%s by %s', (name, role) => {
    const flow = scripts.flows.get(name);
    expect(flow).toBeDefined();
    if (!flow) return;
    const own = wordsOf(flow);
    fc.assert(
      fc.property(
        fc.array(stepOf([...ANSWERS, ...own, ...own]), { minLength: 3, maxLength: 14 }),
        (steps) => {
          const bench = begun(role);
          opened(bench, flow);
          take(bench, { do: 'say', text: '继续' });
          for (const step of steps) take(bench, step);
          leave(bench);
        },
      ),
      { numRuns: Number(process.env.WALKS ?? 8), seed: 20260319, endOnFailure: true },
    );
  });
});
