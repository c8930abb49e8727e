// The five template cards (90236), checked before sending as the platform checks them (42027–42051), and the shape
// that an update may have (94888). Suggested lengths are advice and live in card-advice.ts.
import { z } from 'zod';
import * as part from './card-parts.ts';

interface WithMenu {
  action_menu?: unknown;
  task_id?: string;
}
/** A menu calls back, and what calls back is known by its task_id. */
function menuHasTask(card: WithMenu, ctx: z.RefinementCtx): void {
  if (card.action_menu !== undefined && card.task_id === undefined) missing(ctx, 'task_id');
}

function missing(ctx: z.RefinementCtx, path: string): void {
  ctx.addIssue({ code: 'custom', message: 'missing', path: [path] });
}

const textShape = {
  card_type: z.literal('text_notice'),
  source: part.source.optional(),
  action_menu: part.actionMenu.optional(),
  main_title: part.mainTitle.optional(),
  quote_area: part.quoteArea.optional(),
  emphasis_content: part.emphasis.optional(),
  sub_title_text: z.string().optional(),
  horizontal_content_list: part.rows.optional(),
  jump_list: part.jumps.optional(),
  card_action: part.cardAction,
  task_id: part.taskId.optional(),
};
function textSaysSomething(
  card: { main_title?: { title?: string }; sub_title_text?: string },
  ctx: z.RefinementCtx,
): void {
  if (!card.main_title?.title && !card.sub_title_text) missing(ctx, 'main_title.title');
}

const newsShape = {
  card_type: z.literal('news_notice'),
  source: part.source.optional(),
  action_menu: part.actionMenu.optional(),
  main_title: part.titledMain,
  quote_area: part.quoteArea.optional(),
  card_image: part.cardImage.optional(),
  image_text_area: part.imageTextArea.optional(),
  vertical_content_list: part.verticals.optional(),
  horizontal_content_list: part.rows.optional(),
  jump_list: part.jumps.optional(),
  card_action: part.cardAction,
  task_id: part.taskId.optional(),
};
function newsShowsSomething(
  card: { card_image?: unknown; image_text_area?: unknown },
  ctx: z.RefinementCtx,
): void {
  if (card.card_image === undefined && card.image_text_area === undefined) missing(ctx, 'card_image');
}

const buttonShape = {
  card_type: z.literal('button_interaction'),
  source: part.source.optional(),
  action_menu: part.actionMenu.optional(),
  main_title: part.titledMain,
  quote_area: part.quoteArea.optional(),
  sub_title_text: z.string().optional(),
  horizontal_content_list: part.rows.optional(),
  card_action: part.optionalCardAction.optional(),
  task_id: part.taskId,
  button_selection: part.selection.optional(),
  button_list: part.buttons,
};

const voteShape = {
  card_type: z.literal('vote_interaction'),
  source: part.source.optional(),
  main_title: part.titledMain,
  task_id: part.taskId,
  checkbox: part.checkbox,
  submit_button: part.submitButton,
};

const multipleShape = {
  card_type: z.literal('multiple_interaction'),
  source: part.source.optional(),
  main_title: part.titledMain,
  task_id: part.taskId,
  select_list: part.selects,
  submit_button: part.submitButton,
};

const textNotice = z.strictObject(textShape).superRefine(menuHasTask).superRefine(textSaysSomething);
const newsNotice = z.strictObject(newsShape).superRefine(menuHasTask).superRefine(newsShowsSomething);
const buttonInteraction = z.strictObject(buttonShape);
const voteInteraction = z.strictObject(voteShape);
const multipleInteraction = z.strictObject(multipleShape);

/** A card as message/send takes it. */
export const templateCard = z.discriminatedUnion('card_type', [
  textNotice,
  newsNotice,
  buttonInteraction,
  voteInteraction,
  multipleInteraction,
]);
export type TemplateCard = z.infer<typeof templateCard>;

// In an update the task_id may be left out (94888's own example does), and the parts that were used can be greyed.
const updated = { task_id: part.taskId.optional(), replace_text: z.string().optional() };

/** A card as update_template_card and the passive update take it. */
export const templateCardUpdate = z.discriminatedUnion('card_type', [
  z.strictObject(textShape).superRefine(textSaysSomething),
  z.strictObject(newsShape).superRefine(newsShowsSomething),
  z.strictObject({ ...buttonShape, ...updated, button_selection: part.selectionUpdate.optional() }),
  z.strictObject({ ...voteShape, ...updated, checkbox: part.checkboxUpdate }),
  z.strictObject({ ...multipleShape, ...updated, select_list: part.selectsUpdate }),
]);
export type TemplateCardUpdate = z.infer<typeof templateCardUpdate>;

const ofRobot = { feedback: part.feedback.optional() };
const rowsOfRobot = { ...ofRobot, horizontal_content_list: part.robotRows.optional() };
const noticeOfRobot = { ...rowsOfRobot, jump_list: part.robotJumps.optional() };

/** A smart robot's card (101031): no files, jumps that ask it something, and a say on the answer. */
export const aibotCard = z.discriminatedUnion('card_type', [
  z
    .strictObject({ ...textShape, ...noticeOfRobot })
    .superRefine(menuHasTask)
    .superRefine(textSaysSomething),
  z
    .strictObject({ ...newsShape, ...noticeOfRobot })
    .superRefine(menuHasTask)
    .superRefine(newsShowsSomething),
  z.strictObject({ ...buttonShape, ...rowsOfRobot }),
  z.strictObject({ ...voteShape, ...ofRobot }),
  z.strictObject({ ...multipleShape, ...ofRobot }),
]);

/** A group robot's card: the two notices, and nothing that calls back (99110). */
export const robotCard = z.discriminatedUnion('card_type', [
  z.strictObject({ ...textShape, action_menu: z.undefined().optional() }).superRefine(textSaysSomething),
  z.strictObject({ ...newsShape, action_menu: z.undefined().optional(), card_image: part.cardImage }),
]);
