// Somebody is in danger now: told on before anything else, in English too (DOMAIN §3 f).

/** What hurts somebody now, or is about to. */
const DANGER = new RegExp(
  [
    '\\bambulance\\b|\\b(?:taken|rushed|sent|brought|carried|going|driven) (?:\\w+ )?to (?:the |a )?(?:hospital|clinic|a&e|emergency room)|\\bin (?:the )?(?:hospital|intensive care)\\b',
    "\\bunconscious\\b|\\bnot breathing\\b|\\bno pulse\\b|\\b(?:can'?t|cannot|not|hardly|unable to|trouble|difficulty) breath\\w*|\\bswallowed (?:a|an|some|the)\\b|\\ballergic (?:shock|reaction)\\b|\\blost consciousness\\b|\\bpassed out\\b|\\bfainted\\b|\\bconvuls\\w+|\\bseizure\\b|\\bchoking\\b|\\bheart attack\\b",
    '\\bon fire\\b|\\bfire (?:has )?br(?:oke|oken) out\\b|\\b(?:is|are) burning\\b|\\bcaught fire\\b|\\bfire (?:at|in) (?:the|our|s\\b)|\\bfull of smoke\\b|\\b(?:thick |black )?smoke (?:is )?(?:coming|pouring|rising|everywhere|in the|out of)\\b|\\bbomb\\b|\\bexplo(?:ded|sion)\\b',
    '\\bgas (?:is )?leak\\w*|\\bleaking gas\\b|\\bevacuat(?:ing|ed)\\b(?! plan| route| sign)',
    '\\b(?:roof|wall|ceiling|stand|building|stairs?|scaffold\\w*|fence|tree|shed)\\b[^.;]{0,20}\\b(?:collapsed|came down|come down|has fallen|fell (?:down|on)|gave way)\\b',
    '\\b(?:pupil|student|child|children|boy|girl|kid|teacher|cook|guard|man|woman)s?\\b[^.;]{0,20}\\b(?:has |have )?collapsed\\b',
    '\\bdrown(?:ed|ing)\\b|\\bfell (?:in|into) (?:the|a) (?:pond|river|pool|well|water)\\b',
    '\\bfood poisoning\\b|\\bpoisoned\\b|\\b(?:vomiting|throwing up)\\b|\\bdiarrhoea\\b',
    '\\bstabbed\\b|\\bwith a (?:knife|gun|weapon|machete|axe)\\b|\\battack(?:ed|ing)\\b(?! the problem)|\\bintruder\\b|\\bhostage\\b|\\bbeaten up\\b|\\bbitten by (?:a|the)\\b|\\b(?:sexually )?abused\\b|\\bstampede\\b|\\bcrushed\\b|\\bkidnapp\\w+',
    '\\b(?:is|are|went|gone|been|still) missing\\b(?! (?:from the (?:list|file|record)|in the (?:list|file)))(?=[^.;]*(?:since|pupil|student|child|boy|girl|class|home|yesterday|last night|$))',
    '\\bbleeding\\b|\\bbroken (?:arm|leg|bone|nose|neck|skull|wrist|ankle)\\b|\\bbroke (?:his|her|an|a) (?:arm|leg|nose|wrist|ankle|neck)\\b|\\bburn(?:ed|t) (?:himself|herself|his|her)\\b|\\bscalded\\b|\\belectrocuted\\b|\\belectric shock\\b',
    '\\bhit by (?:a|the) (?:car|bus|truck|lorry|scooter|motorbike|e-bike|motorcycle|van|taxi)\\b|\\bknocked down by\\b|\\b(?:bus|car|van)\\b[^.;]{0,16}\\b(?:overturned|crashed|accident)\\b|\\btraffic accident\\b',
    '\\b(?:jump|jumped|going to jump|threatens? to jump)\\b[^.;]{0,24}\\b(?:roof|window|building|floor|bridge)\\b|\\bon the roof\\b[^.;]{0,24}\\bjump\\b|\\bsuicide\\b|\\bkill (?:himself|herself|themselves)\\b|\\bcut (?:his|her) wrists?\\b',
    '\\b(?:fell|fallen) (?:down|off|from|out of)\\b[^.;]{0,24}\\b(?:stairs?|roof|window|wall|floor|tree|building|balcony|slide|bars?|ladder)\\b',
    '\\b(?:is|are|was|were|got|badly|seriously|slightly|been|children|pupils|people|persons|students) (?:hurt|injured|wounded)\\b|\\b(?:pupil|student|child|children|boy|girl|baby|teacher|guard|cook|man|woman|person|people|he|she|they|somebody|someone)s? (?:is|are|was|were|has|have|just|had)? ?(?:dead|died|dying)\\b',
    '\\b(?:flood|flooding|landslide|earthquake)\\b[^.;]{0,30}\\b(?:now|trapped|cut off|rising|pupils|children)\\b|\\btrapped\\b',
    '^(?:emergency|urgent|help)\\b(?![^.;]*(?:lights?|exit|plan|drill|light|lamp))(?=.{8})[^?]*\\b(?:at|fire|accident|gate|hurt|child|pupil|student)',
  ].join('|'),
  'i',
);

/** Not now, not so, or only practised or spoken of. */
const NO_DANGER =
  /\b(?:drills?|(?:fire|evacuation|safety|emergency|rescue) exercises?|rehears\w+|simulat\w+|what if|in case|(?:last|previous) (?:year|month|term|semester)|in the news|on (?:the )?(?:tv|news)|(?:years?|months?|weeks?) ago|rumou?rs?|training on|lecture on|lesson on|posters?|prevention|could have|might have|nearly|almost|would have)\b/i;
/** "what should I do when a pupil is taken to hospital?", "was anybody taken to hospital?": asked, not told. */
const ASKED =
  /\b(?:what|how|who|whom)\b[^,.;]*\b(?:if|when|in case)\b|^\s*(?:is|are|was|were|did|does|do|has|have|should|must|how|who|which|why)\b[^,;]*\?\s*$/i;
/** "nobody was hurt": of the injured there are none; what burns still burns. */
const UNHURT =
  /\b(?:nobody|no one|no-one|none|no (?:pupils?|students?|child|children|people|injur\w+))(?: \w+){0,4} (?:hurt|injured|wounded|injuries)\b|\bno injur\w+|\bnot (?:hurt|injured)\b/gi;
/** What is missing besides people. */
const THINGS =
  /\b(?:camera|cctv|battery|batteries|light|lights|phone|computer|line|links?|tree|grass|plants?|labels?|samples?|strips?|tiles?|locks?|handles?|records?|signatures?|photos?|certificates?|extinguishers?|screws?|parts?|pages?|files?|ledgers?|registers?|covers?|bulbs?|panes?|boards?|signs?|nets?|mats?|books?|rails?|railings?)\b[^.,;]{0,40}\bmissing\b/gi;

/** Whether an English text tells of a danger to life. */
export function tellsDanger(text: string): boolean {
  const meant = text.replace(UNHURT, ' ').replace(THINGS, ' ');
  return meant
    .split(/(?<=[.;!?\n])\s+/)
    .some((sentence) => DANGER.test(sentence) && !NO_DANGER.test(sentence) && !ASKED.test(sentence));
}
