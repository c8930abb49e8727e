// What may befall in a random year's emergencies: each step through its act, and into the memory only when it took place.
import type { RandomOffice } from './random-office.ts';
import { dayOf } from './reckoning-days.ts';
import type { Emergency, Place } from './reckoning-facts.ts';

const RANK = ['raised', 'acknowledged', 'on_scene', 'contained', 'closed', 'reviewed'];

/** Says that there is danger at a school; of the same danger it is one emergency. Null when nobody heard. */
export async function raise(
  office: RandomOffice,
  school: Place,
  at: number,
  by: string,
): Promise<Emergency | null> {
  const { facts, act, idOf, name } = office;
  const raised = await act('emergency.raise', by, at, { school: idOf(school.code), text: '有学生受伤' });
  if (!raised) return null;
  const known = facts.emergencies.find((one) => idOf(one.name) === raised.emergencyId);
  if (known) return Object.assign(known, { lastNote: at });
  const made: Emergency = {
    ...{ name: `e${facts.emergencies.length + 1}`, school, by, raised: at, lastNote: at, state: 'raised' },
    ...{ reported: false, contained: false, closed: '' },
  };
  name(String(raised.emergencyId), made.name);
  facts.emergencies.push(made);
  return made;
}

/** One step about an emergency by whoever does such a thing. */
export async function stepEmergency(
  office: RandomOffice,
  one: Emergency,
  at: number,
  step: string,
): Promise<void> {
  const { act, idOf } = office;
  const emergency = { emergency: idOf(one.name) };
  const ahead = (state: string, more: Partial<Emergency> = {}) =>
    Object.assign(one, more, RANK.indexOf(state) > RANK.indexOf(one.state) ? { state } : {});
  const { head, inspector, leader } = one.school;
  switch (step) {
    case 'head-hears':
      await act('emergency.acknowledge', head, at, emergency);
      return;
    case 'hears': {
      const who =
        [leader, inspector, 'office'].find((person) => person !== null && person !== one.by) ?? 'director';
      if (await act('emergency.acknowledge', who, at, emergency)) ahead('acknowledged');
      return;
    }
    case 'scene':
      if (await act('emergency.on-scene', inspector, at, emergency)) ahead('on_scene');
      return;
    case 'report':
      if (await act('emergency.report', head ?? inspector, at, { ...emergency, content: '已送医' }))
        Object.assign(one, { reported: true, lastNote: at });
      return;
    case 'contained':
      if (await act('emergency.contained', inspector, at, emergency)) ahead('contained', { contained: true });
      return;
    case 'close':
      if (await act('emergency.close', head ?? inspector, at, { ...emergency, content: '已结案' }))
        ahead('closed', { closed: dayOf(at), lastNote: at });
      return;
    case 'review':
      if (await act('emergency.review', 'office', at, emergency)) ahead('reviewed');
      return;
    case 'off':
      if (await act('emergency.call-off', 'office', at, { ...emergency, reason: '误报' }))
        one.state = 'called_off';
  }
}
