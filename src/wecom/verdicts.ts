// What to do about each errcode, decided once from the platform's own table (90313), so that no caller reads numbers.

/**
 * - `refresh-token`: the token is dead; fetch one, try once more (the client does this itself).
 * - `wait`: a limit was hit; hold back for the window.
 * - `retry`: the platform is busy; try again with back-off, three times at most.
 * - `drop`: this message will never arrive; say so to somebody and go on.
 * - `alarm`: no message will arrive until an operator mends something.
 * - `bug`: our own code built something wrong.
 */
export type Verdict = 'refresh-token' | 'wait' | 'retry' | 'drop' | 'alarm' | 'bug';

type Codes = readonly (number | readonly [from: number, to: number])[];

// Where the table names two reactions, the first decides: "drop, alarm" is a message to drop and to be told of.
const TABLE: readonly (readonly [Verdict, Codes])[] = [
  ['refresh-token', [40001, 40014, 42001]],
  ['wait', [45009]],
  ['retry', [-1, 6000, 45033, 45035, 45036, 846609]],
  [
    'drop',
    [
      40003, // no such userid
      [40004, 40007], // media type, size, dead media_id
      40009,
      40011,
      40029, // OAuth code bad, expired, used: send the person round again
      42003,
      42022,
      40050, // group does not exist
      40066,
      40068,
      40070,
      40123,
      40145,
      40201, // anti-spam
      40204,
      42052, // recall after 24 h
      45001,
      45002,
      46003,
      46004,
      49008, // group dissolved
      50002,
      60011,
      60021, // outside the app's visible range
      92000,
      60111,
      60140, // response_code used or expired: send a new card
      81013, // all receivers invalid
      82004,
      84014,
      84015,
      86001,
      86003,
      86008,
      [846604, 846608], // a request of the long connection: over, answered, or too often
    ],
  ],
  [
    'alarm',
    [
      40013, 40091, 43012, 48001, 48002, 48005, 48006, 48009, 50001, 50003, 60020, 60031, 80001, 85005, 93000,
      93001, 93004, 93008, 301007, 846601, 853000,
    ],
  ],
  [
    'bug',
    [
      40008,
      [40016, 40027],
      40031,
      40032,
      40033,
      40035,
      40054,
      40055,
      40056,
      40058,
      40063,
      40074,
      40093,
      40094,
      40146,
      40206,
      41001,
      41002,
      41004,
      41006,
      41009,
      41011,
      41016,
      41017,
      41033,
      42012,
      [42014, 42020],
      [42027, 42051], // template card fields
      44001,
      44004,
      45007,
      45008,
      45029,
      45034,
      48010,
      81012,
      82001,
      82002,
      82003,
      82101,
      82102,
      [86004, 86007],
      [86201, 86207],
      86215,
      86216,
      [90200, 90208],
      91040,
      93006,
      93017,
      93018,
      93019,
      93050,
      [94000, 94016],
      301002,
      830002,
      [846610, 846616], // its uploads
      846625,
      846697,
    ],
  ],
];

const VERDICTS: ReadonlyMap<number, Verdict> = new Map(
  TABLE.flatMap(([verdict, codes]) =>
    codes.flatMap((code) => spread(code).map((c) => [c, verdict] as const)),
  ),
);

function spread(code: number | readonly [number, number]): number[] {
  if (typeof code === 'number') return [code];
  const [from, to] = code;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * What to do about an errcode of 90313. One that the table does not know is `drop`: a plain no is not worth repeating,
 * and a dropped message is one that somebody sees.
 */
export function verdictOf(errcode: number): Verdict {
  return VERDICTS.get(errcode) ?? 'drop';
}
