// Words that set the deadline or the grade of one finding, named in the same breath: "井盖限三天", "灭火器的改成小问题".
import type { Frame } from '../../conversation.ts';
import { likeness } from '../../slots/likeness.ts';
import { DROP, POINTED } from '../../slots/ordinals.ts';
import { parseDays } from '../../understand/answers.ts';
import { gradeIn } from './grade-said.ts';

const DAYS = '[\\d一二两三四五六七八九十半]+个?(?:天|周|星期|礼拜|月)';
/** "井盖限三天", "食堂的给他们一周", "清河的改成三天". */
export const LIMITED = new RegExp(
  `^(?:把)?([^\\s,\uff0c。;\uff1b]{2,10}?)(?:的)?(?=(?:就|也|再|要)*(?:限期?|给|宽限|改[成为到]|定)?(?:他们?|学校|园里)?(?:到|在)?${DAYS}(?:内|之内|以内)?(?:改|整改|完成|换|修)?(?:好|完|掉)?[。.吧了]*$)`,
  'u',
);
/** "灭火器的改成小问题", "清河的算轻微". */
export const GRADED =
  /^(?:把)?([^\s,\uff0c。;\uff1b]{2,10}?)(?:的)?(?=(?:就|也|还是|应该)*(?:改[成为]|算|按|定[成为]|属于|是)(?:个|是)?(?:一般|轻微|小问题|严重|复杂|当场|立行|即知)|(?:也|其实|倒|就|还)*(?:不|没有?)(?:那么|这么|怎么|太|算|多)*严重)/u;
/** "厕所的删了", "门卫那个不算问题,提醒过了": that one goes. */
export const DROPPED =
  /^(?:把|那个|那条)?([^\s,\uff0c。;\uff1b]{2,10}?)(?:的)?(?=(?:也|就|先|给我|帮我)*(?:删掉?|去掉|拿掉|不要|算了|不(?:算|是)(?:是|个|啥|什么)*问题|(?:不用|别)(?:再)?(?:写|记|登)(?:上|进去)?)了?[吧。.,\uff0c\s]*(?:不算(?:是|个|啥|什么)*问题|(?:已经?|当时|都|我|跟他们)*(?:提醒|说|交代|讲)(?:过|了)+)?[吧。.]*$)/u;
/** Names none of them in particular. */
export const OF_ALL = /^(?:都|全|这些|它们|以上|上面|两|[一二三四五六七八九\d]+[条个项])/u;

/** "灭火器限三天": one clause that sets one finding's deadline. */
export const setsLimit = (text: string) => LIMITED.test(text.trim());

/** "灭火器的改成小问题": said of something in particular. */
export const gradesOne = (text: string) => {
  const words = GRADED.exec(text.trim())?.[1];
  return words !== undefined && !OF_ALL.test(words);
};

/** One of these findings is named, and a grade or a limit for it, or that it goes: "器材那个是轻微". */
export function changesOneOf(texts: readonly string[], said: string): boolean {
  const text = said.trim();
  const pointed = [POINTED, GRADED, LIMITED, DROPPED].map((one) => one.exec(text)).find(Boolean);
  const words = pointed?.[1] ?? '';
  const rest = text.slice(pointed?.[0].length ?? 0);
  const changes = gradeIn(rest) !== undefined || DROP.test(rest) || parseDays(rest) !== undefined;
  return words !== '' && changes && texts.some((one) => likeness(words, one) > 0);
}

/** Such words of a finding that stands in the draft. */
export const changesFinding = (frame: Frame, said: string): boolean =>
  changesOneOf(
    frame.rows.flatMap(({ findings }) => ((findings ?? []) as { text: string }[]).map(({ text }) => text)), // the slot's own value
    said,
  );
