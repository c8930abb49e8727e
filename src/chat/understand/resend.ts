// "撤回重发,改周四": one breath that takes a notice back and sends it anew, though half of the words stand for both.

/** The two messages that such a breath stands for; undefined when it is none. */
export function recallThenSend(text: string): [string, string] | undefined {
  if (
    !/(?<!不|不用|不要|没|别|甭)(?:撤回|收回|撤(?:了|掉|下|(?=[,.;!\s])))/.test(text) ||
    !/重发|重新(?:给[^,.;]{1,8})?发|重新通知|再(?:给|发|通知)[^,.;]{0,12}|改发|改(?:成|到|为)?(?:周|明|后|下|\d|[一二三四五六七八九十])/.test(
      text,
    )
  )
    return undefined;
  const again = text.search(
    /(?:,)?(?:重发|重新(?:给[^,.;]{1,8})?发|重新通知|再(?:给[^,.;]{1,12}发|发(?!现)|通知))/,
  );
  // "撤回,改成下周二上午九点,重新发": the new day goes with what is sent anew
  const changed = text.search(/[,.;\s]改(?:发|(?:成|到|为)?(?:周|明|后|下|\d|[一二三四五六七八九十]))/);
  const places = [again, changed].filter((place) => place > 0);
  if (places.length === 0) return undefined;
  const at = Math.min(...places);
  // "先撤回上一条": what is recalled is a notice, as there is one to send again
  const first = text.slice(0, at);
  return [/通知|消息/.test(first) ? first : `${first}通知`, `通知:${text.slice(at).replace(/^[,.;\s]/, '')}`];
}
