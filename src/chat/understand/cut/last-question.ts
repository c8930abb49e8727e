// A question at the end of what is told: "…三天之内拧紧,特校这种学校一个月也得去一次吗" is a matter of its own.
import type { Entities } from '../entities/entities.ts';
import type { Clause } from '../text/normalise.ts';

/** A stretch that is a question to its end, with what it is asked of: "这种学校一个月也得去一次吗", "你说这个该算校长的事还是镇里的事". */
const QUESTION =
  /(?:吗|(?<![好过十])几[^,.;没有用不]{0,8}|多少[^,.;]{0,6}|谁[^,.;]{0,6}|哪[^,.;]{0,8}|什么时候[^,.;]{0,6}|怎么[^,.;]{0,6}|咋[^,.;]{0,6}|(?:([\u4e00-\u9fff])[不没]\1|是不是|[是算该归][^,.;]{1,10}还是)[^,.;]{1,8}|了没有?|[过交收]没有?)(?:啊|呀|呢|了|的|你?给我[查看]+|我忘了)*$/;
/** Inside a breath: who or what a question at its end may begin with. */
const ASKER =
  /(?<![让叫请给跟和对把被向在看查问瞅算]|[看查问瞅算]一下)(?:我(?!们?[^,.;]{0,3}(?:看|查|发现|问))|你们?[说看]|咱们?|他们|这[种个样]|那[种个])/g;

/** "各是哪个学校", "系统咋还显示待批": asked of what stands before. */
const OF_BEFORE = /^[各都]是|(?:咋|怎么)(?:还|又|没|不)/;

/** Says that a stretch asks by itself. Shorter ones ask about what stands before them ("咋回事"), in longer ones something is told first. */
export const isQuestion = (text: string): boolean =>
  text.length >= 6 && text.length <= 24 && QUESTION.test(text) && !OF_BEFORE.test(text);

/** Where in the breath of a clause a question may begin with which it ends. */
export function questionsIn({ schools }: Entities, { text, start }: Clause): number[] {
  // "二实小前头|那个031号消了没有": the question begins with the school
  const namedBefore = (at: number) => schools.some(({ end }) => end <= at && at - end < 4);
  return [...text.matchAll(ASKER)]
    .filter(({ index }) => index >= 4 && isQuestion(text.slice(index)) && !namedBefore(start + index))
    .map(({ index }) => start + index);
}
