// Puts what is done with groups into calls and words: the first and the last message in them, and what their owner hears.
import { dressText } from '../delivery/dress.ts';
import type { Call, NewOutboxRow } from '../delivery/outbox.ts';
import { notificationOut } from '../http/outgoing.ts';
import type { GroupsDeps } from '../jobs/groups.ts';
import { type GroupOut, groupKey, type PlannedGroup } from '../supervision/groups/planned.ts';
import { loadSettingRules } from '../supervision/settings.ts';
import { officeVoice, type Speaking } from './voice.ts';

/** The platform cuts a longer name (90244). */
const NAME_CHARS = 50;

/** Each row's key holds the group and the change's number, so that planning twice writes once. */
export function groups(speaking: Speaking): Pick<GroupsDeps, 'rules' | 'render'> {
  const speak = officeVoice(speaking);
  const { now } = speaking;
  const voiceOf = ({ office }: PlannedGroup, name = '') => speak(office, name);

  function rowsOf(group: PlannedGroup, out: GroupOut): NewOutboxRow[] {
    const row = (key: string, call: Call, payload: object): NewOutboxRow => ({
      ...{ officeId: group.officeId, key, recipient: `chat:${group.chatId}`, call, payload },
      notBefore: now(),
    });
    const says = (key: string, text: string) =>
      dressText(text).map((payload, index) => row(`${key}-${index + 1}`, 'appchat', payload));
    const named = { name: group.name, ends: group.endsOn };
    switch (out.kind) {
      case 'create': {
        const payload = { name: named.name.slice(0, NAME_CHARS), owner: out.owner, userlist: out.users };
        return [row(groupKey(group.id, out.n), 'appchat-create', payload)];
      }
      case 'change': {
        const payload = {
          ...(out.owner ? { owner: out.owner } : {}),
          ...(out.add.length > 0 ? { add_user_list: out.add } : {}),
          ...(out.remove.length > 0 ? { del_user_list: out.remove } : {}),
        };
        return [row(groupKey(group.id, out.n), 'appchat-update', payload)];
      }
      case 'first':
        return says(`group-${group.id}-first-${out.n}`, voiceOf(group).text('group.first', named));
      case 'last': {
        const voice = voiceOf(group);
        const name = voice.text('group.ended-name', named).slice(0, NAME_CHARS);
        return [
          ...says(`group-${group.id}-last`, voice.text('group.last', { ...named, words: out.words })),
          row(`group-${group.id}-name`, 'appchat-update', { name }),
        ];
      }
      case 'tell':
        return notificationOut(
          {
            personId: out.to.personId,
            key: `group.${out.what}`,
            data: { name: group.name, names: out.names, errcode: out.errcode },
            dedup: out.dedup,
          },
          {
            ...{ officeId: group.officeId, userId: out.to.userId, now: now() },
            voice: voiceOf(group, out.to.name),
          },
        );
    }
  }

  return {
    rules: loadSettingRules(),
    render: (group, out) => out.flatMap((one) => rowsOf(group, one)),
  };
}
