// The words in which photos are spoken of: which thing is a photo, that it goes, that it lies in the wrong place.
import { anyOf } from '../../any-of.ts';
import { clausesIn } from '../../clauses.ts';

export const PHOTO = /照片|相片|图片|[那这]张图?|第?[一二两三四五六七八九\d]张|最后一?张|photo|picture/iu;
/** A question. */
export const ASKS = /[?？吗么]|怎么|咋|啥|为什么|哪/u;
/** Where a photo goes, and what it is of. */
export const TO =
  /(?:放|挪|移|换|改|归|算|转|调|附|补|移动)(?:到|给|在|去|至|进)|应该?(?:是|放|属于|归)|属于|belongs? to|move/iu;
export const IS = /(?:是|算)[^,，。]{1,14}(?:的|那条|那项|那个)[。.!！了吧]*$|\b(?:is|are) (?:of|for) /iu;
/** "后面两张消防栓": which photos, and what they are of, with no word between. */
export const OF_BARELY =
  /^(?:第|后面?的?|前面?的?|最后的?|剩下的?|另外)[一二两三四五六七八九\d]?张(?:照片)?(?:都|就)?是?[^,\uff0c。]{2,12}$/u;
/** "第一张是厕所的 后面两张消防栓": what is said of some photos, and of others. */
export const photoParts = (text: string): string[] =>
  text
    .trim()
    .split(/\s+(?=(?:第|后面?|前面?|最后|剩下|另外)的?[一二两三四五六七八九\d]?张)/u)
    .flatMap((part) => clausesIn(part));
export const OFF =
  /不要|去掉|删|不用|拿掉|撤(?:回|掉|了)|移除|\b(?:remove|delete|drop|take off|leave out)\b/iu;
/** One photo by itself that should not have been sent: it is taken off, not put elsewhere. */
const SENT_WRONG = /(?:发|传|拍|选)(?:错|重)|sent by mistake/iu;
const ONE = /[那这]张|第[一二三四五六七八九\d]张|最后一?张|[刚上](?:才)?(?:那|一)张/u;
const ELSEWHERE = /不是|别的|另|错|换/u;
/** Longer than this tells of something else ("食堂照片墙不要…"). */
const MOST = 18;

/** What is to become of photos in a draft: left out, or kept for what they belong to. */
export function fateOfPhotos(said: string): 'off' | 'elsewhere' | null {
  const text = said.trim();
  if (!PHOTO.test(text) || ASKS.test(text) || [...text].length > (/\p{Script=Han}/u.test(text) ? MOST : 40))
    return null;
  if (OFF.test(text) || (SENT_WRONG.test(text) && ONE.test(text))) return 'off';
  return ELSEWHERE.test(text) && /^.{0,6}(?:照片|相片|图片?|photos?)/iu.test(text) ? 'elsewhere' : null;
}

/** "还有一张", "照片马上发": a picture is on its way; there is nothing to take down yet. */
export const ANNOUNCES = anyOf({
  more: /^(?:等等?[,\uff0c]?)?(?:还有|再发|再来|后面还有|等下再发|还差)(?:[一二两三四五几]|\d)?张(?:照片|图片?)?(?:没发|要发|马上发|等下发|我再发)?[。.]?$/u,
  soon: /^(?:照片|图片)(?:马上|等下|随后|这就|一会儿?|稍后)(?:就|再)?(?:发|传|补|拍)?(?:过?[来去])?(?:啊|哈|吧)?[。.]?$/u,
  have: /^(?:我们?)?(?:这[儿里边])?(?:还|也)?有照片(?:的|要发|呢|啊)*[。.]?$/u,
  anew: /^(?:把)?(?:那张|这张)?(?:照片|图片|图)(?:我)?(?:再|重新|另)(?:拍|发|传|补)(?:[一两几二三]张)?(?:吧|过来|给你)?[。.]?$/u,
});
