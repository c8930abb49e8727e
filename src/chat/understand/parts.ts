// The lesser slots: reasons, corrections, recipients, metrics, subjects, formats, companions. Small rules over what was found.
import type { Entities } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import { wordFinder } from './lexicon.ts';
import { withoutFillers } from './normalise.ts';
import type { Method } from './types.ts';

/** Papers that were looked into, whatever they are called. */
const READ =
  /(?:(?<![检督复自抽])(?:查|翻)(?:看|阅|对)?了?|看了)(?:[一几]下|[^,.;没不未]{0,7})(?:记录|台账|档案|资料|材料|教案|方案|账本|账目|票据|制度|值班表|课表)(?![^,.;]{0,6}(?:没|不|缺|未))/;

export interface PartReader {
  methods(text: string): Method[];
  topic(text: string): string | undefined;
  metrics(text: string): string[];
  audience(text: string): string | undefined;
  format(text: string): string | undefined;
}

/** Compiles the office's words for the slots that are codes. */
export function partReader(lexicon: Lexicon): PartReader {
  const methods = wordFinder<Method>(lexicon.methods);
  const topics = wordFinder(lexicon.topics);
  const metrics = wordFinder(lexicon.metrics);
  const audiences = wordFinder(lexicon.audiences);
  const formats = wordFinder(lexicon.formats);
  return {
    methods: (text) => {
      const found = methods.keys(text.replace(/没听课|没有听课/g, ''));
      if (
        /(?<![打翻])转了(?!给)|(?<![打翻运周])转(?:一?转|着)?(?:校园|操场|教学楼|食堂|宿舍|全校)/.test(
          text,
        ) &&
        !found.includes('tour')
      )
        found.push('tour');
      if (READ.test(text) && !found.includes('docs')) found.push('docs');
      return /听(?:了)?[^,]{0,10}[节堂](?:课)?/.test(text) && !found.includes('lesson')
        ? [...found, 'lesson']
        : found;
    },
    topic: (text) => {
      const hits = topics.all(text).sort((a, b) => b.word.length - a.word.length);
      return hits[0]?.key;
    },
    metrics: (text) => metrics.keys(text),
    audience: (text) => audiences.keys(text)[0],
    format: (text) => formats.keys(text)[0],
  };
}

/** The clauses that give a reason, without the wish or the verdict itself. */
export function reasonOf(e: Entities, wish: RegExp): string | undefined {
  const given = e.clauses
    .filter((c) => !(wish.test(c.text) && c.text.length <= 16 && !/因为|由于|没有|得等|才能/.test(c.text)))
    .map((c) => withoutFillers(c.text).replace(/^(?:因为|由于|原因是|理由是|理由|原因)[::]?/, ''))
    .filter(
      (t) =>
        t.length >= 2 &&
        !/^(?:您好|你好|领导好?|.{0,3}督学好?|谢谢|麻烦(?:了)?|收到|好的|申请延期|麻烦换个人|望批准|请批准)$/.test(
          t,
        ),
    );
  return given.length > 0 ? given.join(',') : undefined;
}

/** What of a review is still wrong, or else what is said of it. */
export function reviewReason(e: Entities): string | undefined {
  const wrong = e.clauses.filter(
    (c) =>
      /没|未|不(?!算过|通过|合格)|还|缺|差|旧的?|看不清|假|坏|剩|模糊|反弹|少|只有|晃|松|漏|堵/.test(
        c.text,
      ) && c.text.length > 3,
  );
  const useful = wrong
    .map((c) => withoutFillers(c.text))
    .filter(
      (t) =>
        !/^(?:不算过|不通过|没通过|不合格|不行|打回去?|退回(?:去)?|继续整改|重新整改|还没到位|先?不(?:给|能|算)(?:过|销号?)|这[回次]先不给过)$/.test(
          t.replace(
            /^(?:\d{3}号?|这个?|那个?)?(?:的)?(?:材料|照片|整改|报告|改得|弄得)?(?:还是|都|也|这[回次])?/,
            '',
          ),
        ),
    );
  return useful.length > 0 ? useful.join(',') : undefined;
}

/** Who came along: "跟老李一起", "和张明去的". */
export function companionsOf(e: Entities): string[] {
  return e.people
    .filter(
      (p) =>
        /(?:跟|和|与|同|带着?|陪|陪同|、|,)\s*$/.test(e.text.slice(0, p.start)) ||
        /^(?:督学)?(?:一起|一块|一同|陪同|也去|同行|同去|俩)/.test(e.text.slice(p.end)),
    )
    .filter(
      (p) =>
        /(?:一起|一块|一同|陪同|同行|同去|俩|去|到|跑|督导|检查|走访)/.test(
          e.text.slice(p.end, p.end + 10),
        ) || /(?:同行|陪同|随行)/.test(e.text.slice(Math.max(0, p.start - 4), p.start)),
    )
    .map((p) => p.name);
}
