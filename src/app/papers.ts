// What making papers needs from rooms that it may not look into: the words, and the settings as they stand.
import type { Scripts } from '../chat/scripts/scripts.ts';
import type { PaperDeps } from '../papers/make.ts';
import { MAKERS } from '../papers/makers.ts';
import { loadSettingRules } from '../supervision/settings.ts';

/** The words of a paper are those of its asker, on the day on which it is made. */
export function papers({
  scripts,
  locale,
}: {
  scripts(): Scripts;
  locale: string;
}): Pick<PaperDeps, 'makers' | 'wordsFor' | 'settings'> {
  return {
    makers: MAKERS,
    settings: loadSettingRules,
    wordsFor: ({ name, short }, person, today) =>
      scripts().voice(locale, () => today, { person, office: { name, short }, helper: name, today }),
  };
}
