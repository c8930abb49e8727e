// Short English messages that can only be one thing, and what a verdict is: nothing is confirmed or closed by likeness.

import type { Context, Intent, Result } from '../types.ts';
import type { EnglishEntities } from './entities.ts';

const THANKS = '(?:[\\s,.!]+(?:please|thanks|thank you|thank you very much|then|now))*[\\s.!]*$';
const YES = new RegExp(
  `^(?:(?:ok(?:ay)?|yes|y|yep|yeah|sure|right|fine|correct|good|please)[\\s,.!]+)*(?:ok(?:ay)?|yes|y|yep|yeah|sure|right|correct|fine|that(?:'s| is) (?:right|correct|it)|all right|alright|looks (?:good|right|fine)|confirm(?:ed)?(?: it)?|i confirm|send(?: it)?|go ahead|go on|please do|do it|do so|save(?: it)?|submit(?: it)?|file it)${THANKS}`,
);
const CANCEL = new RegExp(
  `^(?:(?:no|actually|ok|sorry|please|oh)[\\s,.!]+)*(?:(?:cancel|drop|scrap|forget|discard|stop|leave|abort)(?: (?:it|that|this|them|the draft|that one|this one|what i said|the last one))?|never ?mind(?:[\\s,]+(?:drop|forget|cancel|scrap|leave) (?:it|that|this)(?: one)?)?|don't (?:save|send|file|submit|record) (?:it|that|this)|skip (?:it|this))${THANKS}`,
);
const HELP =
  /^(?:please )?(?:help(?: me)?|menu|commands|instructions|manual|what can (?:you|i) do(?: here)?|how does (?:this|it) work|how do i use (?:this|you|it)|what can i (?:ask|say|type)|what are you for)\b[\s?.!]*$/;
const ACK =
  /^(?:(?:ok(?:ay)?|yes|thanks|thank you|all right)[\s,.!]+)*(?:received|noted|got it|got the notice|understood|acknowledged|copy that|roger|read and understood|well received)(?:[\s,.!]+(?:and )?(?:thanks|thank you|will do|with thanks|we(?:'ll| will) (?:be there|attend|do it|come|comply)|(?:i(?:'ll| will)) (?:be there|attend|do it|come)|noted|understood|ok|right away|at once|we will act at once))*[\s.!]*$/;
const WILL_DO = /^(?:will do|we(?:'ll| will) be there|will be there)[\s.!]*$/;

/** Undefined where a message says more than that. */
export function englishShort({ text }: EnglishEntities, context: Context): Intent | undefined {
  const said = text.trim();
  if (HELP.test(said)) return 'help.show';
  if (CANCEL.test(said)) return 'flow.cancel';
  if (YES.test(said)) return 'flow.confirm';
  if (ACK.test(said) || (WILL_DO.test(said) && !context.expecting)) return 'notice.ack';
  return undefined;
}

/** "return it", "send them back", "not good enough": it is not closed. */
const SENT_BACK =
  /\b(?:return(?:ed)?(?: (?:it|them|this))?\b(?! visit)|(?:send|sent)(?: (?:it|them|this|r|the evidence|the materials|notice \d+|\d+))? back|reject(?:ed|s)?|fail(?:s|ed)?|(?:not|n't) (?:yet )?(?:pass(?:ed)?|approved?|accept(?:ed)?|good enough|closed?|satisfactory|acceptable|enough|done|ok|okay)|no pass|unsatisfactory|unacceptable|not yet|not there yet)\b/;
const STILL = /\b(?:still|yet to|but (?:the|not|no|there)|half of|missing|gaps?|only half|nothing has)\b/;
const PARTLY = /\b(?:partly|partially|in part|half (?:of it|done)|only (?:half|part))\b/;
const PASSES =
  /\b(?:pass(?:es|ed)?|approved?|accept(?:ed)?|closed?|close it|can be closed|put right|all (?:fixed|done|good)|in order now|will do, close|satisfactory|good enough|is good|is fine|is clear)\b/;
/** The whole of it: "passes", "028 passed", "close it"; that the kitchen passed a check in May is no verdict. */
const PASSED =
  /^(?:(?:ok|okay|yes)[\s,]+)?(?:(?:(?:no\.?\s*|notice\s*|number\s*)?\d+|[\u4e00-\u9fff]+|it|this|that|they|all|both|everything|the\s+(?:first|second|third|fourth|last)(?:\s+one)?)(?:\s+(?:is|are|has|have))?\s+(?:pass(?:es|ed)?|approved|accepted|closed)|pass(?:es|ed)?|approved?|accepted?|closed?|(?:pass|approve|accept|close)\s+(?:it|them|this|\d+))[\s.!]*$/;
/** A judgement in so many words, where the notice is named. */
const VERDICT =
  /\b(?:pass(?:es|ed)?|(?:can|may) be closed|you can close|close it|is accepted|accepted|rejected|(?:does|did) not pass|fails|failed|not (?:good enough|accepted|passed|approved))\b/;
const ASKED =
  /\?|^(?:should|shall|is|are|was|can|could|may|did|does|do|has|have|who|why|how|what|when|let's)\b|\b(?:if|whether|when|would)\b/;
const VISITED = /\b(?:visit(?:ed)?|went to|inspected|was at|log a visit)\b/;

export const judges = ({ sender }: Context): boolean =>
  sender.roles.some((role) => role !== 'principal' && role !== 'school-inspector');

/** A verdict and nothing besides, of one who may give it. */
export function englishVerdict({ text, notices }: EnglishEntities, context: Context): Intent | undefined {
  const said = text.trim();
  if (!judges(context) || ASKED.test(said) || VISITED.test(said)) return undefined;
  const other =
    /\b(?:extension|delay|postpone|more time|more days|another week|more weeks?|notice i|message|confirmed|remind|chase)\b/.test(
      said,
    );
  if (PASSED.test(said)) return 'rect.review';
  if (notices.length > 0 && !other && VERDICT.test(said)) return 'rect.review';
  const [head = ''] = said.split(/[,;:.]|\bbecause\b/);
  const back = SENT_BACK.exec(head);
  const short = head.trim().split(/\s+/).length <= 5;
  return back &&
    !other &&
    (notices.length > 0 ||
      back.index < 3 ||
      (short && /^(?:it|this|that|they|the (?:first|second|third|last))\b/.test(said)))
    ? 'rect.review'
    : undefined;
}

/** What a review says of what was put right; undefined where it says neither. */
export function englishResult(text: string): Result | undefined {
  if (PARTLY.test(text)) return 'partial';
  if (SENT_BACK.test(text) || STILL.test(text)) return 'fail';
  return PASSES.test(text) && !/\?/.test(text) ? 'pass' : undefined;
}

const REFUSED =
  /\b(?:refus\w+|den(?:y|ied)|reject\w*|declin\w+|turn(?:ed)? down|no (?:extension|more time|delay|postponement)|(?:not|n't|cannot) (?:be )?(?:approved?|agree|agreed|grant(?:ed)?|allow(?:ed)?|postponed|extended|accept(?:ed)?|wait)|keep (?:to )?the (?:date|deadline))\b/;
const GRANTED =
  /\b(?:grant(?:ed)?|agree(?:d|s)?|approved?|allow(?:ed)?|fine|ok(?:ay)?|may have|can have|let them have|give (?:them|it|him|her|s)|may be (?:postponed|extended)|yes|accept(?:ed)?)\b/;

/** What is decided of a wish for more time. */
export function englishDecision(text: string): Result | undefined {
  if (REFUSED.test(text)) return 'fail';
  return GRANTED.test(text) && !/\?/.test(text) ? 'pass' : undefined;
}
