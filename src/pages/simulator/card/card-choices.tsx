// What can be chosen on a card before a button is tapped: lists to select from and boxes to check.
import { useId } from 'react';
import type { CardBody } from '../../../simulator/api.ts';
import { useTexts } from '../state/store.ts';

type SelectList = NonNullable<CardBody['button_selection']>;
type Checkbox = NonNullable<CardBody['checkbox']>;
type OnChoose = (question: string, ids: string[]) => void;

export interface SelectRowProps {
  list: SelectList;
  value: string | undefined;
  off: boolean;
  onChoose: OnChoose;
}
export function SelectRow({ list, value, off, onChoose }: SelectRowProps) {
  const t = useTexts();
  const id = useId();
  return (
    <div className="card-select">
      <label htmlFor={id}>{list.title}</label>
      <select
        id={id}
        aria-label={list.title ? undefined : t('choose')}
        value={value ?? ''}
        disabled={off}
        onChange={(event) => onChoose(list.question_key, [event.target.value])}
      >
        {list.option_list.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface CheckListProps {
  list: Checkbox;
  value: string[];
  off: boolean;
  onChoose: OnChoose;
}
/** Mode 0 takes one answer, mode 1 several (90236). */
export function CheckList({ list, value, off, onChoose }: CheckListProps) {
  const name = useId();
  const many = list.mode === 1;
  const toggle = (id: string, on: boolean) => {
    if (!many) onChoose(list.question_key, [id]);
    else onChoose(list.question_key, on ? [...value, id] : value.filter((other) => other !== id));
  };
  return (
    <fieldset className="card-checks" disabled={off}>
      {list.option_list.map((option) => (
        <label key={option.id}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={value.includes(option.id)}
            onChange={(event) => toggle(option.id, event.target.checked)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
