// Splits what was seen into findings: one clause each, with its item, its disposition word and its own deadline.
import type { Lexicon, WordFinder } from './lexicon.ts';
import { wordFinder } from './lexicon.ts';
import { type Clause, withoutFillers } from './normalise.ts';
import type { FoundProblem, ItemCode, Severity } from './types.ts';

export interface FindingReader {
  /** The item that the words of a clause point at; `kindergarten` prefers K1–K4. */
  itemOf(text: string, kindergarten: boolean): ItemCode | undefined;
  itemsOf(text: string, kindergarten: boolean): ItemCode[];
  severityOf(text: string): Severity | undefined;
  isProblem(text: string): boolean;
  /** "没问题", "一切正常": nothing found. */
  saysNone(text: string): boolean;
  read(clauses: readonly Clause[], options: ReadOptions): Found;
}
export interface ReadOptions {
  /** The clause's text without school, date and verb of going. */
  strip(clause: Clause): string;
  kindergarten(clause: Clause): boolean;
}
export interface Found {
  findings: Array<FoundProblem & { start: number }>;
  noFindings: boolean;
  /** "没啥大问题": says nothing about small ones. */
  notClean: boolean;
  highlight?: string;
}

const NONE =
  /(?:没|没有|未|无)(?:再)?(?:发现|看到|看出|查出|查到|见|见到)?(?:有|到)?(?:啥|什么|任何|明显|突出)?(?:的)?(?:大|特别|重大|严重|明显|新|突出|其他|别的)?(?:的)?(?:问题|毛病|异常|隐患|不妥|状况|事儿?)|一切(?:都)?(?:正常|很?好|良好|顺利)|(?:都|整体|总体|各方面|全部)(?:都)?(?:挺|很|还|比较|非常)?(?:好|不错|正常|规范|到位|合格|可以|良好|符合要求)|^(?:也)?(?:挺|很|还|比较)?(?:正常|不错|良好|挺好|很好|规范|到位|干净)(?:的)?$|零问题|问题没有|没毛病|没问题|无问题|一切ok|都ok|没(?:啥|什么)?事儿?$|^正常$|(?:^|都|全)符合/;
const NOT_CLEAN =
  /(?:没|没有|无)(?:发现)?(?:啥|什么)?(?:大|特别大|严重|重大|突出|明显)(?:的)?(?:问题|毛病)|问题不大|基本(?:没|正常)/;
const GOOD =
  /亮点|值得(?:推广|学习|借鉴|表扬)|有特色|很有特点|好做法|好经验|典型经验|有声有色|做得(?:很|特别|挺|非常|比较|真)?(?:好|扎实|细|到位|不错)|搞得(?:很|挺|特别)?(?:好|不错)|经验做法|办得(?:很|挺)?(?:好|不错)|表扬|都在岗|很(?:干净|整洁|规范|扎实|有序)|井然有序/;
const PROBLEM =
  /没(?!问题|事|关系|毛病)|未(?!成年|来)|无(?!障碍|线|人机|纸)|不(?!错|仅|但|过|锈|少于|限|要|用(?!电))|缺|少(?!年|先|儿|数民)|过期|坏|破|损|裂|松|漏|老化|堵|占|脏|乱|超|偏|锈|塌|掉|潮|霉|臭|异味|滥|私拉|违|堆|差(?!不多|旅)|低(?!年级)|陈旧|积水|失效|故障|断|歪|遮挡|被挡|锁着|上锁|锁了|锁死|敞|大开|迟到|早退|体罚|辱骂|骂|打(?!扫|印|饭|造|卡|电话|算|开水)|收(?:了|取|钱|费|教辅)|强制|强迫|补课|小学化|隐患|虚设|摆设|拥|挤|空白|模糊|起皮|翘|倾斜|举报|投诉|意见大|只有|还是(?:去年|上|旧|老)|仍然?|发霉|变质|苍蝇|老鼠|蟑螂|坑|教拼音|写汉字|教算术|认字|识字|重点班|快慢班|实验班|布置|玩手机|抽烟|吸烟|睡觉|缺岗|脱岗|空岗|过[大长重高多小低窄]|太[大长重高多小低窄脏乱]|多$|多了|较多|反映|代签|造假|抄袭|雷同|应付|走过场|流于|混放|混用|混乱|欠|停在|乱停|停满|裸露|外露|凹陷|起火|冒|卡住|滑|抖|晃|塞|满地|积灰|灰尘|蜘蛛网|有味|飞线|黑车|超载|大班额|挪用|拖欠|克扣|排名|公布成绩|订(?:了)?教辅|推销|早于|晚于|提前(?:到校|上课|开学)|加课|占用|占了|窄|昏暗|灯暗|太暗|偏暗|旧|空着|空的|不亮|不熄|黑屏|盲区|死角|敷衍|补的|后补|涂改|闲置|失修|渗水|鼓包|变形|涨价|不新鲜|拖堂|超前|按成绩|统一订|指定/;
/** A clause that says what was looked at, or that it was well: it names a thing, and nothing is wrong with it. */
const LOOKED =
  /^(?:主要|重点|又|还|先|也|去|顺便|然后|一起|跟.{1,4}|和.{1,4})*(?:看|查|听|检查|查看|查阅|了解|走访|转|翻|问|参加|列席|观摩|进|到|巡|发(?:放|了)|召开|开了|跟|和|聊|随堂|推门|四不两直|暗访|突击|座谈|方式|督导)|还行|还可以|还不错|倒是|有人在|都有(?!问题)|齐全|到位|正常|干净|整洁|良好|有序|不错|满意|挺好|很好|建议|表扬|已(?:经)?(?:打开|清|换|改|修|整改)|演练|升旗/;
const LIMIT =
  /^(?:都|全部|一并|统一)?(?:限|限期|要求|责令|让|请|要|务必|必须|给|争取)?(?:他们?|她们?|学校|园里|园方|校方|其|在)?.{0,14}(?:内|之前|前|底|周|天|星期|礼拜|月|日|号)?(?:必须|要|得|务必|给我|全部|都)*(?:整改|改|改完|改好|改掉|整改完|整改到位|完成|完成整改|弄好|修好|换好)(?:完|好|到位|完毕|过来)?(?:了)?$/;
const LIMIT_ONLY =
  /^(?:都|全部)?(?:限|限期|限时)(?:他们?|学校|其)?[\d一二两三四五六七八九十半]+个?(?:天|日|周|星期|礼拜|月|工作日)(?:内|之内|以内)?(?:整改|改|改完|改好|完成)?$|^[\d一二两三四五六七八九十半]+个?(?:天|日|周|星期|礼拜|月|工作日)(?:内|之内|以内)(?:.{0,8})?$/;
const REACTION =
  /(?:校长|园长|学校|园方|校方|他们|对方|老师|负责人)(?:已经?|当场|也|都)?(?:说|表示|答应|承诺|保证|态度|回应|认识|反馈|同意)|(?:已|已经|当场|现场|也)?(?:反馈给|跟校长|跟园长|和校长|和园长|向校长|向园长|与校长|交代|交换)|^(?:已)?反馈|下次(?:再|来)|再(?:去|来)看|回头再看|待会|一会儿?|请(?:督导室|办公室|领导)|报(?:督导室|办公室)|^(?:记|登记)(?:一?下|上|录)|^帮我|^麻烦|提醒(?:了|过)(?:一下)?$|^(?:家长|群众|学生|老师|教师)(?:们)?(?:的)?(?:意见|反应|反响|怨言)(?:很?大|多|强烈)?$|属于|^(?:这)?算/;

/** A problem the school cannot solve alone: another department must come. */
const DEPARTMENT =
  /(?:住建|交警|消防(?:队|部门|大队)?|城管|公安|派出所|卫健|疾控|市场监管|市监|镇里|镇政府|街道办?|财政|供电|自来水公司|交通局|部门)(?:得|要|必须|来|过来|一起|协调|牵头|配合)|(?:得|要|需要?|请|找|报)(?:住建|交警|消防队|城管|公安|派出所|卫健|疾控|市场监管|市监|镇里|镇政府|街道|财政|供电|有关部门|相关部门)/;

/** Compiles the office's words once. */
export function findingReader(lexicon: Lexicon): FindingReader {
  // Object.entries/fromEntries lose the key type; the schema has checked it
  const codes = Object.keys(lexicon.items) as ItemCode[];
  const words = Object.fromEntries(codes.map((c) => [c, lexicon.items[c].words])) as Record<
    ItemCode,
    string[]
  >;
  const items = wordFinder<ItemCode>(words);
  const severities = wordFinder<Severity>(lexicon.severity);
  const standIn = new Map<string, ItemCode>();
  for (const code of codes) for (const from of lexicon.items[code].from ?? []) standIn.set(from, code);

  const rank = (text: string, kindergarten: boolean): ItemCode[] => {
    const scores = new Map<ItemCode, number>();
    for (const f of items.all(text)) {
      if (f.key.startsWith('K') && !kindergarten) continue;
      const weight = f.word.length * f.word.length + (f.end / text.length) * 1.5;
      scores.set(f.key, (scores.get(f.key) ?? 0) + weight);
    }
    const sorted = [...scores].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    return kindergarten ? [...new Set(sorted.map((c) => standIn.get(c) ?? c))] : sorted;
  };
  const severityOf = (text: string): Severity | undefined =>
    severities.all(text)[0]?.key ?? (DEPARTMENT.test(text) ? 'complex' : undefined);
  const isProblem = (text: string) => !NONE.test(text) && PROBLEM.test(text);
  return {
    itemOf: (text, kindergarten) => rank(text, kindergarten)[0],
    itemsOf: rank,
    severityOf,
    isProblem,
    saysNone: (text) => NONE.test(text),
    read: (clauses, options) => readAll(clauses, options, { rank, severityOf, items }),
  };
}

/** "第二个严重", "第一条当场改了": said of a finding named before. */
const ORDINAL =
  /^(?:其中)?第([一二三四五六七八九])(?:个|条|项)(?:问题)?(?=.{0,4}(?:严重|一般|小问题|轻微|复杂|当场|现场|口头))/;

interface Inner {
  rank(text: string, kindergarten: boolean): ItemCode[];
  severityOf(text: string): Severity | undefined;
  items: WordFinder<ItemCode>;
}

function readAll(clauses: readonly Clause[], options: ReadOptions, inner: Inner): Found {
  const found: Found = { findings: [], noFindings: false, notClean: false };
  let subject = '';
  for (const clause of clauses) {
    for (const piece of piecesOf(clause, options, inner)) {
      const { text, start } = piece;
      if (!text) continue;
      if (NONE.test(text) && !/但|就是|除了/.test(text)) {
        found.noFindings = true;
        if (NOT_CLEAN.test(text)) found.notClean = true;
        continue;
      }
      if (GOOD.test(text) && !/不够|没有做|未做/.test(text)) {
        found.highlight = found.highlight ?? text;
        continue;
      }
      const last = found.findings.at(-1);
      const nth = ORDINAL.exec(text);
      const meantOne = nth ? found.findings['一二三四五六七八九'.indexOf(nth[1] ?? '')] : undefined;
      if (meantOne) {
        meantOne.severity = inner.severityOf(text) ?? (/严重/.test(text) ? 'serious' : meantOne.severity);
        continue;
      }
      const severity = inner.severityOf(text);
      const [item] = inner.rank(text, options.kindergarten(clause));
      const only = item === undefined || REACTION.test(text);
      if (severity && last && (only || !PROBLEM.test(text.replace(/不大|严重/g, '')))) {
        last.severity = last.severity ?? severity;
        continue;
      }
      if (
        LIMIT_ONLY.test(text) ||
        (LIMIT.test(text) && !PROBLEM.test(text.replace(LIMIT, '')) && !strongProblem(text))
      )
        continue;
      if (REACTION.test(text) && !severity && (last || !item)) continue;
      const wrong = PROBLEM.test(text) || (item !== undefined && text.length >= 6 && !LOOKED.test(text));
      if (!wrong || (!item && LOOKED.test(text))) {
        subject = item && text.length <= 12 && !/[看查听]/.test(text) ? text : '';
        continue;
      }
      if (!item && last && !subject) {
        if (text.length <= 14) last.text = `${last.text},${text}`;
        continue;
      }
      const whole = subject && !item ? `${subject},${text}` : text;
      const code = item ?? inner.rank(whole, options.kindergarten(clause))[0];
      found.findings.push({
        ...(code ? { item: code } : {}),
        text: whole,
        ...(severity ? { severity } : {}),
        start,
      });
      subject = '';
    }
  }
  // "校长不在…没发现问题": what no item knows does not outweigh a plain none
  if (found.noFindings && found.findings.every((x) => x.item === undefined)) found.findings = [];
  if (found.findings.length > 0) found.noFindings = false;
  return found;
}

function strongProblem(text: string): boolean {
  return /过期|没有|未|坏|缺|堵|裂|破|松动|不规范|不全|超/.test(text.replace(/(?:限|要求|责令).*$/, ''));
}

/** One clause may hold two findings joined by 和, 以及, 还有 when both sides say what is wrong. */
function piecesOf(
  clause: Clause,
  options: ReadOptions,
  inner: Inner,
): Array<{ text: string; start: number }> {
  const text = withoutFillers(options.strip(clause)).replace(
    /[(]?(?:都|一并)?限(?:他们|学校)?[^,]{1,8}(?:整改|改完|改好|改)?[)]?$/,
    (tail) => (/[\d一二两三四五六七八九十半]/.test(tail) ? '' : tail),
  );
  const halves = text.split(/(?:,|以及|还有|并且|而且|另外|和|且|但是?|就是|不过)/).filter(Boolean);
  const each = halves.every((h) => PROBLEM.test(h) && inner.items.all(h).length > 0);
  const contrast = /就是|但|不过/.test(text) && halves.length === 2;
  const list = halves.length > 1 && (each || contrast) ? halves : [text];
  return list.map((t, i) => ({ text: withoutFillers(t), start: clause.start + i }));
}
