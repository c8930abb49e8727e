// Words of the local speech put into the common ones, so that no later rule needs a second spelling.

/** Order matters: longer ones first. What stands on the right is what all rules know. */
const WORDS: Array<[RegExp, string]> = [
  [/今(?:儿个|个儿|个|儿)(?![月年周])/g, '今天'],
  [/昨(?:儿个|个儿|个|儿)(?![月年周])/g, '昨天'],
  [/昨(?=[上下]午)/g, '昨天'],
  [/明(?:儿个|个儿|个|儿)(?![月年周])/g, '明天'],
  [/(大?[前后])(?:儿个|个儿|儿)(?!子|媳|女|童)/g, '$1天'],
  [/(?<![昨今半深])夜来(?=后晌|头晌|晚|[,.\s]|第|[去到在看听])/g, '昨天'],
  [/([今昨明])\s?(?=[ap]m(?![a-z]))/g, '$1天'],
  [/(?<=[天一二三四五六日号])\s?am(?![a-z])/g, '上午'],
  [/(?<=[天一二三四五六日号])\s?pm(?![a-z])/g, '下午'],
  [/(?<=[限给延期]\d{1,2})\s?d(?![a-z\d])/g, '天'],
  [/今早上/g, '今早'],
  [/明早上/g, '明早'],
  [/([上下这])一(?=个?(?:礼拜|星期|周)[一二三四五六日天])/g, '$1'],
  [/没得|冇得|冇/g, '没有'],
  [/啥子|么子/g, '啥'],
  [/一哈(?!子)/g, '一下'],
  [/(?<![一-龥])俺|俺(?=们|想|这|的|不|就|去|来|把)/g, '我'],
  [/瞅(?=瞅|了|一|见|着|下)|瞧(?=瞧|了|一|见|着|下)/g, '看'],
  [/看瞅|看瞧/g, '看看'],
  [/(?:里头|里边)/g, '里面'],
  [/甭/g, '别'],
  [/(?<=记录|那[条次笔])(?:给我|帮我|请|麻烦)?(?:给)?废掉/g, '作废'],
  [/晓不晓得/g, '知不知道'],
  [/晓得/g, '知道'],
  [/娃娃们|娃们/g, '孩子们'],
  [/(?<=[个俩名的])(?:女娃|妹子)(?!们)/g, '女生'],
  [/(?<=[个俩名的])(?:男娃|小子)(?!们)/g, '男生'],
  [/不中(?![间学用])/g, '不行'],
  [/(?<=^|[,.;\s])中(?=就|[,.;\s]|$)/g, '行'],
  [/(?<=^|[,.;\s])对头/g, '对'],
  [/克(?=了.{0,8}(?:学|中|小|园|校))/g, '去'],
];

/** The text in common words. A few characters may be gained or lost; places are counted after it. */
export function commonSpeech(text: string): string {
  let out = text;
  for (const [pattern, word] of WORDS) out = out.replace(pattern, word);
  return out;
}
