// What was put right, where a review passes: "围栏焊好了,可以销号" says why in the same breath.
import { anyOf } from '../../any-of.ts';
import type { Entities } from '../entities/entities.ts';
import { type Clause, withoutFillers } from '../text/normalise.ts';
import { BARE_VERDICT, COURTESY, NO_FAULT } from './reasons.ts';

/** What leads to a verdict, and says nothing of the thing: "我看可以…", "这条整改…", "材料挺…". */
const LEAD =
  '(?:[那这]|我(?:看|觉得|认为|同意)?|看(?:了|过了?)?|就|也|都|能|可以|一[并起]|一块儿?|算(?:是|整改)?|给|(?:给|让)?(?:他|她|它)们?|同意|准予|予以|(?:整改|改|弄|做|修)(?:得|的)?|验收|复[查核]|审[核完]?|[这那]?一?[条张份项个次回]|[两三几][张条份个]|材料|照片|挺|很|真|还|确实|到底|基本)';
const VERDICT =
  '(?:过关?|通过|合格|到位|达标|不错|不赖|彻底|好|行|可以|完成?|认可|没问题|没毛病|没意见|没(?:得|有)?说的?|销(?:号|掉)?|关|结案?|结了|验收|闭环|放行|属实|满意|改好|改完)';
/** "可以销号", "改得不错", "我看可以算过了", "给他销了吧": a verdict that passes and no more. */
const PASSING = new RegExp(`^(?:${LEAD}*${VERDICT}(?:了|吧|的|啊|掉|给他们|哈|它)*)+$`);
/** "真修好了|可以销号", "护学岗问题|整改到位了": in one breath with what was put right. */
const PASSED_AT_END =
  /(?<=[\u4e00-\u9fff]{4})(?:我看|就|也|都|[这那]一?[条张个])*(?:可以|能|给|算|同意|准予|给他们?)*(?:过关?了?|通过|合格|销号?了?|整改(?:全部)?到位了?|放行|关了?)(?:吧|了)?$/;

/** Which notice or thing is meant, and when: "031的…", "一中那条", "人家…". */
const POINTS_AT = anyOf({
  number: /^(?:和|跟)?\d{2,3}号?(?:通知书?|整改|[那这][条张份个])?的?/,
  thing: /^[\u4e00-\u9fff]{0,8}[那这][条张份个](?:通知书?|整改)?(?=$|[,.;])/,
  when: /^(?:今天|昨天|今早|上午|下午|刚才?|人家|他们|她们)+(?=[\u4e00-\u9fff]{4})/,
});
const LOOKING = '(?:看|核|查|验|瞧|瞅|审|摸|翻|对|试|踩|摇|晃|掰|数)';
/** "我到现场看过了|护栏焊上了": in one breath with who looked. */
const LOOKED_FIRST = new RegExp(
  `^[^,.;]{0,16}?${LOOKING}(?:${LOOKING}|一[下遍圈])?(?:过了?|了)(?=[\\u4e00-\\u9fff]{4})`,
);
/** Who looked and how. */
const LOOKED = anyOf({
  // "我一个一个打电话核过了", "材料我仔细看过了", "我到现场掰了掰栏杆"
  byWhom: new RegExp(
    `(?:我|现场|亲自|材料|照片|报告|整改|对着)[\\u4e00-\\u9fff\\d]{0,12}(?:${LOOKING}|去|到|收到)(?:过|了|完|的)(?:了|看|一?[下遍圈]|的|摸|掰|[^,.;]{1,4}了)*$`,
  ),
  // "我刚去看的", "现场看的", "回头看了"
  shortly: /^(?:我|刚|现场|复查|回头看|去)[^,.;]{0,10}$/,
  // "036号看过材料了"
  atEnd: new RegExp(`${LOOKING}(?:过|完|了)(?:材料|现场|照片)?(?:了|的)?$`),
});
/** What is told of another thing, or waits: "再等等我还没看呢", "二实小的先放着". */
const OF_OTHERS = /还没|没说|没看|先放|再[等说]|别|不用|不急|路上|等我/;

/** Says how a thing stands now: done, or all right. */
const PUT_RIGHT = anyOf({
  done: /[了着]$|[装焊拆换修补清贴砌铺][\u4e00-\u9fff]{0,2}[了好完上牢齐新]/,
  stands: /[好完齐新牢上通净满够高实亮稳紧]的?$|都有|也有|都在|在墙上|对得上|齐全?|结实|干净|正常/,
  noMore: /没(?:再)?[\u4e00-\u9fff]{1,3}$/,
  praised: /(?:挺|很|都|全|真)[\u4e00-\u9fff]{1,4}$/,
});

/** A clause without its school, the notice it points at, and who looked. */
function toldIn(clause: Clause, e: Entities): string {
  const named = e.schools.find((s) => s.start === clause.start && !s.unknown);
  const text = named
    ? clause.text.slice(named.end - clause.start).replace(/^的(?:整改|材料)?/, '')
    : clause.text;
  const bare = withoutFillers(text.replace(POINTS_AT, '')).replace(POINTS_AT, '');
  return bare.replace(LOOKED_FIRST, '');
}

const SAYS_NOTHING = [COURTESY, NO_FAULT, LOOKED, OF_OTHERS, PASSING, BARE_VERDICT];

/** What is told besides the verdict, the notice and the looking. */
export function passReason(e: Entities): string | undefined {
  const told = e.clauses
    .map((clause) => toldIn(clause, e))
    .filter((t) => !SAYS_NOTHING.some((nothing) => nothing.test(t)))
    .map((t) => t.replace(PASSED_AT_END, ''))
    .filter((t) => t.length > 2 && PUT_RIGHT.test(t));
  return told.length > 0 ? told.join(',') : undefined;
}
