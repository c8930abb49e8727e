// Sizes photos down for cards and pages: turned upright as the camera held them, without the place and the device that the file tells of.
import type { Sharp, SharpOptions } from 'sharp';

/** A card shows one picture, wider than high: `aspect_ratio` between 1.3 and 2.25 (90236). */
export const CARD_RATIO = 1.5;
const CARD = { width: 960, height: 640 };
const GAP = 8;
const QUALITY = 78;
const PAPER = '#e8eaed';
/** So many photos lie side by side, by how many there are. */
const GRIDS = [
  { most: 1, columns: 1, rows: 1 },
  { most: 2, columns: 2, rows: 1 },
  { most: 4, columns: 2, rows: 2 },
  { most: 6, columns: 3, rows: 2 },
  { most: 9, columns: 3, rows: 3 },
] as const;
/** What is larger is no photo of a telephone but an attempt to fill the memory. */
const MOST_PIXELS = 120_000_000;

/** The library is loaded when the first picture is asked for: who shows none does not pay for it. */
async function opened(): Promise<(input: Uint8Array | SharpOptions) => Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return (input) =>
    input instanceof Uint8Array
      ? sharp(input, { limitInputPixels: MOST_PIXELS, failOn: 'error', autoOrient: true })
      : sharp(input);
}

/** One after the other in this process: a large photo takes a tenth of a second and some forty megabytes. */
let before: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = before.then(work);
  before = mine.catch(() => undefined);
  return mine;
}

/** A JPEG of at most `side` pixels either way, with what it measures; never made larger. Null: it is no picture that can be read. */
export function sizedDown(
  photo: Uint8Array,
  side: number,
): Promise<{ bytes: Buffer; width: number; height: number } | null> {
  return inTurn(async () => {
    const open = await opened();
    return open(photo)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: PAPER })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true })
      .then(({ data, info: { width, height } }) => ({ bytes: data, width, height }))
      .catch(() => null);
  });
}

const whole = (picture: Sharp): Promise<Buffer | null> =>
  picture
    .flatten({ background: PAPER })
    .jpeg({ quality: QUALITY })
    .toBuffer()
    .catch(() => null);

/** All photos of a hand-in (at most nine) on one picture for a card, none of them cut. Null: none can be read. */
export function contactSheet(photos: readonly Uint8Array[]): Promise<Buffer | null> {
  return inTurn(async () => {
    const open = await opened();
    const grid = GRIDS.find(({ most }) => photos.length <= most) ?? GRIDS[4];
    const width = Math.floor((CARD.width - GAP * (grid.columns - 1)) / grid.columns);
    const height = Math.floor((CARD.height - GAP * (grid.rows - 1)) / grid.rows);
    const tiles: { input: Buffer; left: number; top: number }[] = [];
    for (const photo of photos.slice(0, grid.columns * grid.rows)) {
      const fit = { width, height, fit: 'contain', background: PAPER } as const;
      const input = await whole(open(photo).resize(fit));
      const n = tiles.length;
      const left = (n % grid.columns) * (width + GAP);
      const top = Math.floor(n / grid.columns) * (height + GAP);
      if (input) tiles.push({ input, left, top });
    }
    if (tiles.length === 0) return null;
    const sheet = open({ create: { ...CARD, channels: 3, background: PAPER } });
    return sheet.composite(tiles).jpeg({ quality: QUALITY }).toBuffer();
  });
}
