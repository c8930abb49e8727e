// Parts of a visit that are told along with it: who came along, and in whose place it was made.
import type { SchoolValue } from './school.ts';
import type { Asks, SlotKindOf } from './slot.ts';

export const companionsSlot: SlotKindOf = {
  read: ({ slots }) => (slots.companions?.length ? { value: slots.companions } : undefined),
  view: (value) => value,
};

const STAND_IN =
  /代访|代督|替(?!换)|顶替|顶班|代(?:他|她|为|去)|代(?![课表理])\p{Script=Han}{1,4}?(?:督学|老师)?(?:去|跑|看|到)|instead|stand(?:ing)? in|in place of/iu;
const COMPANION = /随行|随访|同行|陪同|一起去|一同|跟着|with (?:him|her)|accompan|along/iu;

const said = (text: string) =>
  STAND_IN.test(text) ? 'stand-in' : COMPANION.test(text) ? 'companion' : undefined;

/** Another's school, and her own visit there: nobody is filed for. */
const elsewhere = ({ row }: Pick<Asks, 'row'>) =>
  (row.school as SchoolValue | undefined)?.outside === true && !row.inspector; // the slot's own value

/** At one's own school nothing is asked; elsewhere it is never taken in silence (DOMAIN §6.4). */
export const capacitySlot: SlotKindOf = {
  read(_reading, { text, row, open }) {
    const value = said(text) ?? (open && /^代/u.test(text.trim()) ? 'stand-in' : undefined);
    return value && elsewhere({ row }) ? { value } : undefined;
  },
  without({ row }: Asks) {
    if (!elsewhere({ row })) return { value: 'own' };
    return (row.companions as string[] | undefined)?.length ? { value: 'companion' } : undefined;
  },
  choices: () => [
    { label: 'capacity.companion', value: 'companion' },
    { label: 'capacity.stand-in', value: 'stand-in' },
  ],
  view: (value) => value,
};
