// What a question, a study session or a campaign is about, in the speaker's own words, where no code of the lexicon stands for it.
import type { Facts } from './facts.ts';

/** What makes a question of a sentence and says nothing of its subject. */
const QUESTION =
  /(?:请问|问一?下|想问|我想知道|麻烦|帮我|再问下?|顺便|查(?:一?下)?|到底|究竟|有没有|是不是|能不能|可不可以|要不要|需不需要|该不该|会不会|用不用|算不算|怎么|如何|咋|什么时候|啥时候|多久|多长时间|多少|第?几[天个次所年条节趟]|几|哪(?:个|条|份|些|里|儿|一)?(?:文件|规定|办法)?|谁|什么|啥|有规定|规定|写的?|说的?|算|吗|呢|么|嘛|吧|[??!])/g;
const STUDIED =
  /(?:学习?|研读|讨论|传达|讲|看)(?:了|的|过)(?:是|一?下)?([^,.;、\s\d]{2,16})|集中学习?(?!我|会|课|参加)([^,.;、\s\d]{2,16})|(?:内容(?:是|为|:)|(?:^|[,.;])讲(?!课|得)|组织学习)([^,.;、\s\d]{3,16})/;
const CAMPAIGN =
  /(?:开展|搞|安排|部署|启动|来|做|布置|组织|查|建|立|下达|发起|上)(?:一?[次个轮场项])?(?!专项)([^,.;:\s\d]{2,14}?)(?:专项|大检查|排查|督导(?=$|[,.;\s]|任务|检查))/;
/** "新专项 校外培训", "建专项:春季开学". */
const CAMPAIGN_HEAD = /(?:新|建|新建|立|设)(?:一?个)?专项(?:督导)?[:\s,]+([^,.;:\s\d]{2,14})/;
const CAMPAIGN_OF =
  /(?:^|[,.;\s])([^,.;\s\d]{2,14}?)(?:也|再)?(?:搞|开展|来|做|安排|组织)(?:一?[次个轮场])?专项/;
/** "校外培训回头看的专项,建一个", "师德专项立起来". */
const CAMPAIGN_FIRST =
  /(?:^|[,.;\s])(?:把)?([^,.;\s\d]{2,14}?)的?专项(?:督导)?,?(?:给我)?(?:建|立|开|搞|来|起|办)(?:一?个|起来|上)/;
const MOST = 16;

/** "小学一二年级到底能不能留书面作业,哪个文件写的" → "小学一二年级留书面作业"; nothing when hardly a word is left. */
export function askedAbout(text: string): string | undefined {
  for (const clause of text.split(/[,.;!?\s]+/)) {
    const left = clause.replace(QUESTION, '');
    if (left.length >= 2) return left.slice(0, MOST);
  }
  return undefined;
}

/** "学的问责办法,俩小时" → "问责办法". */
export function studied(text: string): string | undefined {
  const [, done, gathered, told] = STUDIED.exec(text) ?? [];
  return (done ?? gathered ?? told)?.slice(0, MOST);
}

/** "搞一次校服采购专项", "校服采购搞个专项" → "校服采购". */
export function campaignFor(text: string): string | undefined {
  const patterns = [CAMPAIGN_HEAD, CAMPAIGN_FIRST, CAMPAIGN, CAMPAIGN_OF];
  return patterns.flatMap((pattern) => pattern.exec(text)?.[1] ?? [])[0]?.slice(0, MOST);
}

/** "开学那次专项还剩哪些": by what a campaign that goes on is called. */
export function campaignNamed(text: string): string | undefined {
  const name = /([\u4e00-\u9fff]{2,10}?)(?:的|[那这上][次个])?专项/.exec(text)?.[1];
  const bare = name?.replace(/^(?:查一?下|看一?下|帮我|请|问一?下|我们?|[那这]个|上次|再|还有)+/, '');
  return bare && bare.length >= 2 ? bare : undefined;
}

const NOT_A_NAME =
  /^(?:这|那|哪|上|下|前|后|刚(?!发的)|今|昨|明|早|中|晚|我|你|他|发|把|给|整改|那天|再|新|旧|正式|开头|第|一|两|几|\d)|(?:个|条|份|天|周|午|次|的|发|刚才|刚刚|今早|你|我)$/;
const NAMED = /([\u4e00-\u9fff]{2,10}?)(?:的|那个|那条|那份|这个|这条)?通知(?!书)/g;

/** "晨检新表那个通知先撤了" → "晨检新表": by what a notice is called; a day or "刚才那个" is no name. */
export function noticeNamed(text: string): string | undefined {
  for (const [, name = ''] of text.matchAll(NAMED)) {
    const bare = name
      .replace(/^(?:刚(?:才|刚)?发的|把|将|撤回|撤了?|收回|看看|查查?|关于|我们?|请|帮我|那个|这个|的)+/, '')
      .replace(/(?:的|那个|那条|这个)+$/, '');
    if (bare.length >= 2 && !NOT_A_NAME.test(bare)) return bare;
  }
  return undefined;
}

/** Codes that name the office's own work, and no matter of a school. */
const OWN_WORK =
  /^(?:visit_frequency|rectification|extension|appeal|avoidance|comprehensive|emergency|regulations|training|lesson_observation)$/;
/** "扫码意见里食堂的": the matter that figures or opinions are asked for. */
export function matterOf({ parts, e }: Pick<Facts, 'parts' | 'e'>): string | undefined {
  const topic = parts.topic(e.text);
  return topic && !OWN_WORK.test(topic) ? topic : undefined;
}

/** What a notice is about: the office's code for it, or what it is called. */
export const topicOf = ({ parts, e }: Pick<Facts, 'parts' | 'e'>): string | undefined =>
  parts.topic(e.text) ?? noticeNamed(e.text);
