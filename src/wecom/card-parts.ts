// The parts that template cards share (90236), with what the platform enforces: list lengths, byte limits, unique keys.
import { z } from 'zod';
import { address, filled, filledBytes, unique } from './checks.ts';
import {
  AIBOT_FEEDBACK_BYTES,
  AIBOT_QUESTION_BYTES,
  CARD_ACTION_MENU,
  CARD_ASPECT_MAX,
  CARD_ASPECT_MIN,
  CARD_BUTTONS,
  CARD_CHECKBOX_OPTIONS,
  CARD_JUMPS,
  CARD_KEY_BYTES,
  CARD_OPTION_ID_BYTES,
  CARD_ROWS,
  CARD_SELECTION_OPTIONS,
  CARD_SELECTS,
  CARD_TASK_ID,
  CARD_TASK_ID_BYTES,
  CARD_VERTICAL,
  URL_BYTES,
} from './limits.ts';

const url = address(URL_BYTES);
const key = filledBytes(CARD_KEY_BYTES);
const optionId = filledBytes(CARD_OPTION_ID_BYTES);

export const taskId = filledBytes(CARD_TASK_ID_BYTES).regex(CARD_TASK_ID, {
  error: 'not of 0-9 A-Z a-z _ - @',
});

export const source = z.strictObject({
  icon_url: url.optional(),
  desc: z.string().optional(),
  desc_color: z.literal([0, 1, 2, 3]).optional(),
});

export const actionMenu = z.strictObject({
  desc: z.string().optional(),
  action_list: z
    .array(z.strictObject({ text: filled, key }))
    .min(1)
    .max(CARD_ACTION_MENU)
    .superRefine((list, ctx) =>
      unique(
        list.map((a) => a.key),
        ctx,
        [],
      ),
    ),
});

export const mainTitle = z.strictObject({ title: z.string().optional(), desc: z.string().optional() });
export const titledMain = mainTitle.extend({ title: filled });

/** `type` 0 nothing, 1 an address, 2 a mini program; what it leads to has to be there. */
const target = {
  url: url.optional(),
  appid: filled.optional(),
  pagepath: z.string().optional(),
};
interface Target {
  type?: number;
  url?: string;
  appid?: string;
}
function leadsSomewhere(to: Target, ctx: z.RefinementCtx): void {
  if (to.type === 1 && to.url === undefined)
    ctx.addIssue({ code: 'custom', message: 'missing', path: ['url'] });
  if (to.type === 2 && to.appid === undefined)
    ctx.addIssue({ code: 'custom', message: 'missing', path: ['appid'] });
}

export const quoteArea = z
  .strictObject({
    type: z.literal([0, 1, 2]).optional(),
    ...target,
    title: z.string().optional(),
    quote_text: z.string().optional(),
  })
  .superRefine(leadsSomewhere);

const row = z
  .strictObject({
    keyname: filled,
    type: z.literal([0, 1, 2, 3]).optional(),
    value: z.string().optional(),
    url: url.optional(),
    media_id: filled.optional(),
    userid: filled.optional(),
  })
  .superRefine((r, ctx) => {
    const needed = ([undefined, 'url', 'media_id', 'userid'] as const)[r.type ?? 0];
    if (needed && r[needed] === undefined)
      ctx.addIssue({ code: 'custom', message: 'missing', path: [needed] });
  });
export const rows = z.array(row).max(CARD_ROWS);

const jump = z
  .strictObject({ type: z.literal([0, 1, 2]).optional(), title: filled, ...target })
  .superRefine(leadsSomewhere);
export const jumps = z.array(jump).max(CARD_JUMPS);

/** On a smart robot's card a jump may ask it something (101032). */
const robotJump = z
  .strictObject({
    ...{ type: z.literal([0, 1, 2, 3]).optional(), title: filled, ...target },
    question: filledBytes(AIBOT_QUESTION_BYTES).optional(),
  })
  .superRefine(leadsSomewhere)
  .superRefine(({ type, question }, ctx) => {
    if (type === 3 && question === undefined)
      ctx.addIssue({ code: 'custom', message: 'missing', path: ['question'] });
  });
export const robotJumps = z.array(robotJump).max(CARD_JUMPS);
/** Rows that hand out a file are for apps alone. */
export const robotRows = z
  .array(row.refine(({ type }) => type !== 2, { error: 'no file rows on a robot’s card' }))
  .max(CARD_ROWS);
/** What the person thinks of the answer comes back under this id. */
export const feedback = z.strictObject({ id: filledBytes(AIBOT_FEEDBACK_BYTES) });

export const cardAction = z.strictObject({ type: z.literal([1, 2]), ...target }).superRefine(leadsSomewhere);
/** On button cards 0 (no jump) is allowed too. */
export const optionalCardAction = z
  .strictObject({ type: z.literal([0, 1, 2]).optional(), ...target })
  .superRefine(leadsSomewhere);

export const emphasis = z.strictObject({ title: z.string().optional(), desc: z.string().optional() });

export const cardImage = z.strictObject({
  url,
  // The page says "greater than 1.3" and gives 1.3 as the default, so 1.3 itself is taken as fine.
  aspect_ratio: z.number().min(CARD_ASPECT_MIN).lt(CARD_ASPECT_MAX).optional(),
});

export const imageTextArea = z
  .strictObject({
    type: z.literal([0, 1, 2]).optional(),
    ...target,
    title: z.string().optional(),
    desc: z.string().optional(),
    image_url: url,
  })
  .superRefine(leadsSomewhere);

export const verticals = z
  .array(z.strictObject({ title: filled, desc: z.string().optional() }))
  .max(CARD_VERTICAL);

const button = z
  .strictObject({
    type: z.literal([0, 1]).optional(),
    text: filled,
    style: z.literal([1, 2, 3, 4]).optional(),
    key: key.optional(),
    url: url.optional(),
  })
  .superRefine((b, ctx) => {
    const needed = b.type === 1 ? 'url' : 'key';
    if (b[needed] === undefined) ctx.addIssue({ code: 'custom', message: 'missing', path: [needed] });
  });
export const buttons = z
  .array(button)
  .min(1)
  .max(CARD_BUTTONS)
  .superRefine((list, ctx) =>
    unique(
      list.map((b) => b.key),
      ctx,
      [],
    ),
  );

const options = (max: number) =>
  z
    .array(z.strictObject({ id: optionId, text: filled }))
    .min(1)
    .max(max)
    .superRefine((list, ctx) =>
      unique(
        list.map((o) => o.id),
        ctx,
        [],
      ),
    );

const selectShape = {
  question_key: key,
  title: z.string().optional(),
  selected_id: optionId.optional(),
  option_list: options(CARD_SELECTION_OPTIONS),
};
/** What is chosen at first is one of the options; the platform would choose the first without a word. */
function choosesAnOption(
  { selected_id, option_list }: { selected_id?: string; option_list: { id: string }[] },
  ctx: z.RefinementCtx,
): void {
  if (selected_id !== undefined && !option_list.some(({ id }) => id === selected_id))
    ctx.addIssue({ code: 'custom', message: 'none of the options', path: ['selected_id'] });
}
const disable = z.boolean().optional();
export const selection = z.strictObject(selectShape).superRefine(choosesAnOption);
export const selectionUpdate = z.strictObject({ ...selectShape, disable }).superRefine(choosesAnOption);

const checkboxShape = {
  question_key: key,
  mode: z.literal([0, 1]).optional(),
  option_list: z
    .array(z.strictObject({ id: optionId, text: filled, is_checked: z.boolean() }))
    .min(1)
    .max(CARD_CHECKBOX_OPTIONS)
    .superRefine((list, ctx) =>
      unique(
        list.map((o) => o.id),
        ctx,
        [],
      ),
    ),
};
export const checkbox = z.strictObject(checkboxShape);
export const checkboxUpdate = z.strictObject({ ...checkboxShape, disable });

export const selects = z
  .array(selection)
  .min(1)
  .max(CARD_SELECTS)
  .superRefine((list, ctx) =>
    unique(
      list.map((s) => s.question_key),
      ctx,
      [],
    ),
  );
export const selectsUpdate = z
  .array(selectionUpdate)
  .min(1)
  .max(CARD_SELECTS)
  .superRefine((list, ctx) =>
    unique(
      list.map((s) => s.question_key),
      ctx,
      [],
    ),
  );

export const submitButton = z.strictObject({ text: filled, key });
