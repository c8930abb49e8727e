// What people may call a school: every shortening of its official name that still points at it, with how sure each is.

/**
 * `full`: the official name or an alias. `short`: a shortening that keeps what is the school's own.
 * `bare`: the own part alone (石佛), which other schools of the place share. `weak`: the own part is gone (一小, 实验, 中心校).
 * `letters`: one character of the name and one of the stage (柳中), which only who looks after the school says.
 */
export type FormKind = 'full' | 'short' | 'bare' | 'weak' | 'letters';
export interface Form {
  text: string;
  kind: FormKind;
}

export interface Parts {
  place: string;
  placeTail: string;
  own: string;
  ordinal: string;
  qualifiers: string[];
  stage: string;
}

const QUALIFIERS = ['中心', '实验', '双语', '外国语', '艺术', '民族', '特殊教育', '特教', '职业', '中等专业'];
const STAGES = [
  '九年一贯制学校',
  '初级中学',
  '高级中学',
  '完全中学',
  '附属小学',
  '附属中学',
  '幼儿园',
  '小学',
  '中学',
  '初中',
  '高中',
  '学校',
];

/** What a name is made of: 石佛镇中心小学 is of the place 石佛, 中心, a 小学. */
export function nameParts(name: string): Parts {
  let rest = name.replace(/^[\u4e00-\u9fff]{2,4}?(?:省|市|区|县|旗)(?=[\u4e00-\u9fff]{3,})/, '');
  const town = /^([\u4e00-\u9fff]{1,4}?)(镇|乡|街道|办事处)(?=[\u4e00-\u9fff]{2,})/.exec(rest);
  const place = town?.[1] ?? '';
  const placeTail = town?.[2] ?? '';
  rest = rest.slice((town?.[0] ?? '').length);
  const stage = STAGES.find((s) => rest.endsWith(s)) ?? '';
  rest = rest.slice(0, rest.length - stage.length);
  const ordinal = /第([一二三四五六七八九十]{1,3})/.exec(rest)?.[1] ?? '';
  if (ordinal) rest = rest.replace(`第${ordinal}`, '');
  const qualifiers: string[] = [];
  for (const q of QUALIFIERS) {
    if (!rest.includes(q)) continue;
    qualifiers.push(q);
    rest = rest.replace(q, '');
  }
  return { place, placeTail, own: rest, ordinal, qualifiers, stage };
}

const SHORT_STAGES: Record<string, string[]> = {
  小学: ['小学', '学校'],
  附属小学: ['附属小学', '附小', '小学'],
  中学: ['中学', '学校'],
  附属中学: ['附属中学', '附中', '中学'],
  初级中学: ['初级中学', '初中', '中学', '学校'],
  高级中学: ['高级中学', '高中', '中学', '学校'],
  完全中学: ['完全中学', '中学', '学校'],
  初中: ['初中', '中学'],
  高中: ['高中', '中学'],
  幼儿园: ['幼儿园', '幼园', '园', '幼'],
  学校: ['学校', '校'],
  九年一贯制学校: ['九年一贯制学校', '九年制学校', '学校'],
};
const ONE_LETTER: Record<string, string> = {
  小学: '小',
  中学: '中',
  初级中学: '初中',
  高级中学: '高中',
  幼儿园: '幼',
  学校: '校',
};

/** All names of one school; the same text may serve several schools, which is then a question to ask. */
export function formsOf(name: string, aliases: readonly string[], town = ''): Form[] {
  const forms = new Map<string, FormKind>();
  const rank: FormKind[] = ['full', 'short', 'bare', 'weak', 'letters'];
  const add = (text: string, kind: FormKind) => {
    const known = forms.get(text);
    if (text.length >= 2 && (known === undefined || rank.indexOf(kind) < rank.indexOf(known)))
      forms.set(text, kind);
  };
  for (const text of [name, ...aliases]) add(text, 'full');
  const p = nameParts(name);
  const withoutRegion = name.replace(/^[\u4e00-\u9fff]{2,4}?(?:省|市|区|县|旗)(?=[\u4e00-\u9fff]{3,})/, '');
  add(withoutRegion, p.own || p.place || p.ordinal ? 'short' : 'weak');

  if (p.qualifiers.includes('特殊教育')) addSpecial(p, add);
  if (p.ordinal) addOrdinal(p, add);
  if (p.own) addOwn(p, add);
  if (p.place && !p.own && !p.ordinal) addPlace(p, add);
  if (!p.place && !p.own && !p.ordinal) addWeak(p, add);
  if (p.place) {
    add(p.place, 'bare');
    add(p.place + p.placeTail, 'bare');
  } else if (town && !p.own) add(town.replace(/(?:镇|乡|街道)$/, '') + p.stage, 'weak');
  addLetters(p, add);
  return [...forms].map(([text, kind]) => ({ text, kind }));
}

const LETTERS: Record<string, string> = {
  小学: '小',
  附属小学: '小',
  中学: '中',
  附属中学: '中',
  初级中学: '中',
  完全中学: '中',
  高级中学: '中高',
  幼儿园: '幼园',
};
/** What makes a word of its own with 小, 中 and the like: 大小, 中小, 高中, 公园. */
const NO_INITIAL = /[大小中高初老少多上下前后左右东西南北公家校花家集当其]/;

function addLetters({ place, own, stage }: Parts, add: Add) {
  const first = (place || own).slice(0, 1);
  if (first && !NO_INITIAL.test(first))
    for (const letter of LETTERS[stage] ?? '') add(first + letter, 'letters');
}

type Add = (text: string, kind: FormKind) => void;

function addSpecial(p: Parts, add: Add) {
  const kind: FormKind = p.own ? 'weak' : 'short';
  for (const head of p.own ? [p.own, ''] : ['']) {
    for (const tail of ['特殊教育学校', '特教学校', '特殊学校', '特教', '特校', '特教校']) {
      add(head + tail, head || !p.own ? 'short' : kind);
    }
  }
}

function addOrdinal(p: Parts, add: Add) {
  const quality = p.qualifiers.filter((q) => q !== '特殊教育').join('');
  const heads = p.place ? [p.place, p.place + p.placeTail] : [''];
  const own = p.own;
  for (const head of p.place ? [...heads, ''] : heads) {
    const kind: FormKind = p.place && !head ? 'weak' : 'short';
    for (const ord of [`第${p.ordinal}`, p.ordinal]) {
      for (const stage of [...(SHORT_STAGES[p.stage] ?? [p.stage]), ONE_LETTER[p.stage] ?? '']) {
        if (!stage || (stage === '学校' && p.stage !== '学校')) continue;
        const q = quality === '实验' ? ['实验', '实'] : [quality];
        for (const quick of q) {
          add(`${head}${own}${ord}${quick}${stage}`, kind);
          if (quick.length !== 1) add(`${head}${own}${quick}${ord}${stage}`, kind);
        }
        if (quality) add(`${head}${own}${ord}${stage}`, 'weak');
      }
    }
    if (quality)
      add(`${head}${p.ordinal}${quality === '实验' ? '实' : quality}`, quality === '实验' ? 'bare' : 'weak');
    if (quality) add(`${head}${p.ordinal}${quality}`, 'bare');
    if (quality) add(`${head}${quality}${p.ordinal}`, 'bare');
  }
  if (quality) {
    add(quality + p.stage, 'weak');
    add(quality, 'weak');
    if (quality === '实验') add(`实${ONE_LETTER[p.stage] ?? ''}`, 'weak');
  }
}

function addOwn(p: Parts, add: Add) {
  const quality = p.qualifiers.join('');
  for (const head of p.place ? [p.place, p.place + p.placeTail, ''] : ['']) {
    for (const q of quality ? [quality, ''] : ['']) {
      for (const stage of SHORT_STAGES[p.stage] ?? [p.stage]) add(head + p.own + q + stage, 'short');
      if (q) add(head + p.own + q, 'short');
    }
    if (p.own.length >= 2) add(head + p.own, 'bare');
  }
}

function addPlace(p: Parts, add: Add) {
  const quality = p.qualifiers.join('');
  for (const head of [p.place, p.place + p.placeTail]) {
    for (const q of quality ? [quality, ''] : ['']) {
      for (const stage of SHORT_STAGES[p.stage] ?? [p.stage]) add(head + q + stage, 'short');
      if (q === '中心') add(`${head}中心${p.stage === '幼儿园' ? '园' : '校'}`, 'short');
      if (q && q !== '中心') add(head + q, 'short');
    }
    if (quality === '中心') add(`${head}中心`, 'bare');
  }
  addWeak(p, add);
}

function addWeak(p: Parts, add: Add) {
  const quality = p.qualifiers.filter((q) => q !== '特殊教育').join('');
  if (!quality) return;
  for (const stage of SHORT_STAGES[p.stage] ?? [p.stage]) add(quality + stage, 'weak');
  if (quality === '中心') add(p.stage === '幼儿园' ? '中心园' : '中心校', 'weak');
  else add(quality, 'weak');
}
