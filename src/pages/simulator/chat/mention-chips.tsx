// In a group: whom one can mention, so that the bot hears what is said; a tap writes the name before what was typed.
import { useTexts } from '../state/store.ts';

export interface MentionChipsProps {
  robots: string[];
  text: string;
  onTake: (text: string) => void;
}

export function MentionChips({ robots, text, onTake }: MentionChipsProps) {
  const t = useTexts();
  const open = robots.filter((name) => !text.includes(`@${name}`));
  if (open.length === 0) return null;
  return (
    <div className="try-chips">
      <span className="try-label">{t('mention')}</span>
      {open.map((name) => (
        <button key={name} type="button" className="try-chip" onClick={() => onTake(`@${name} ${text}`)}>
          @{name}
        </button>
      ))}
    </div>
  );
}
