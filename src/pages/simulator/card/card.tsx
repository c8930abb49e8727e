// A template card (90236) as the person sees it now: as it was sent, tapped, replaced, or no longer to be tapped.
import { useState } from 'react';
import type { CardBody, CardView } from '../../../simulator/api.ts';
import { tapCard } from '../state/actions.ts';
import { useTexts } from '../state/store.ts';
import { CardButtons } from './card-buttons.tsx';
import { CheckList, SelectRow } from './card-choices.tsx';
import {
  CardHead,
  CardImage,
  CardSub,
  CardTitle,
  Emphasis,
  ImageText,
  Jumps,
  Quote,
  Rows,
  VerticalRows,
} from './card-parts.tsx';

type Selected = Record<string, string[]>;

/** What is chosen before anybody touches it: the card's own marks; of a list the first entry, as in the client. */
function chosenAtFirst(body: CardBody): Selected {
  const selected: Selected = {};
  for (const list of [
    ...(body.select_list ?? []),
    ...(body.button_selection ? [body.button_selection] : []),
  ]) {
    const first = list.selected_id ?? list.option_list[0]?.id;
    if (first !== undefined) selected[list.question_key] = [first];
  }
  if (body.checkbox) {
    const marked = body.checkbox.option_list.filter((option) => option.is_checked).map((option) => option.id);
    selected[body.checkbox.question_key] = body.checkbox.mode === 1 ? marked : marked.slice(0, 1);
  }
  return selected;
}

export function Card({ card }: { card: CardView }) {
  const t = useTexts();
  const { body } = card;
  const [chosen, setChosen] = useState<Selected>({});
  const [busy, setBusy] = useState(false);
  const selected = { ...chosenAtFirst(body), ...(card.disabled ? card.tapped?.selected : chosen) };
  const asks = body.select_list || body.checkbox || body.button_selection;
  const off = card.disabled || busy;

  const choose = (question: string, ids: string[]) => setChosen({ ...chosen, [question]: ids });
  const tap = async (key: string) => {
    if (busy || card.taskId === null) return;
    setBusy(true);
    await tapCard(card.taskId, key, asks ? selected : undefined);
    setBusy(false);
  };
  const { checkbox } = body;

  return (
    <article
      className={`card template-card ${card.disabled ? 'card-off' : ''}`}
      aria-busy={busy}
      aria-label={body.main_title?.title ?? t('kind.card')}
      data-card={body.card_type}
    >
      {/* Greyed buttons leave the menu as it was. */}
      <CardHead body={body} off={busy} onTap={tap} />
      {body.card_type === 'news_notice' && body.card_image && <CardImage image={body.card_image} />}
      <CardTitle body={body} />
      {body.image_text_area && <ImageText area={body.image_text_area} />}
      {body.emphasis_content && <Emphasis content={body.emphasis_content} />}
      {body.quote_area && <Quote area={body.quote_area} />}
      {body.sub_title_text && <CardSub body={body} />}
      {body.vertical_content_list && <VerticalRows rows={body.vertical_content_list} />}
      {body.horizontal_content_list && <Rows rows={body.horizontal_content_list} />}
      {body.jump_list && <Jumps jumps={body.jump_list} />}
      {body.button_selection && (
        <SelectRow
          list={body.button_selection}
          value={selected[body.button_selection.question_key]?.[0]}
          off={off || body.button_selection.disable === true}
          onChoose={choose}
        />
      )}
      {checkbox && (
        <CheckList
          list={checkbox}
          value={selected[checkbox.question_key] ?? []}
          off={off || checkbox.disable === true}
          onChoose={choose}
        />
      )}
      {body.select_list?.map((list) => (
        <SelectRow
          key={list.question_key}
          list={list}
          value={selected[list.question_key]?.[0]}
          off={off || list.disable === true}
          onChoose={choose}
        />
      ))}
      <CardButtons card={card} busy={busy} onTap={tap} />
    </article>
  );
}
