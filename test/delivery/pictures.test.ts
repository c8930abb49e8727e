// What a card and a page show of a photo: small, upright, whole, and without what the file tells of place and device.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { CARD_RATIO, contactSheet, sizedDown } from '../../src/delivery/pictures.ts';

/** A photo of a telephone held upright: lying pixels, and a note that they are to be turned. */
const photo = (color: string, width = 1600, height = 1200) =>
  sharp({ create: { width, height, channels: 3, background: color } })
    .withExif({ IFD0: { Model: 'Telefon 7' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 23/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

async function colourAt(picture: Buffer, x: number, y: number): Promise<number[]> {
  const at = { left: x, top: y, width: 1, height: 1 };
  return [...(await sharp(picture).extract(at).removeAlpha().raw().toBuffer())].slice(0, 3);
}

test('a photo is made small and turned upright, and says nothing of place or device', async () => {
  const original = await photo('#c00000');
  expect((await sharp(original).metadata()).exif?.includes('Telefon')).toBe(true);
  const small = await sizedDown(original, 400);
  const { width, height, format, exif, orientation } = await sharp(small?.bytes ?? '').metadata();
  expect({ width, height, format, exif, orientation }).toEqual({ width: 300, height: 400, format: 'jpeg' });
  const tiny = await sizedDown(await photo('#c00000', 40, 30), 400);
  expect((await sharp(tiny?.bytes ?? '').metadata()).width).toBe(30);
});

test.each([
  [1, 1, 1],
  [2, 2, 1],
  [3, 2, 2],
  [5, 3, 2],
  [9, 3, 3],
])('%d photos stand whole on one picture of the card’s shape', async (count, columns, rows) => {
  const sheet = await contactSheet(await Promise.all(Array.from({ length: count }, () => photo('#00c000'))));
  const { width = 0, height = 0 } = await sharp(sheet ?? '').metadata();
  expect(width / height).toBe(CARD_RATIO);
  expect(sheet?.length).toBeLessThan(100_000);
  const [r = 0, g = 0] = await colourAt(
    sheet ?? Buffer.of(),
    Math.floor(width / columns / 2),
    Math.floor(height / rows / 2),
  );
  expect(g).toBeGreaterThan(150);
  expect(r).toBeLessThan(60);
});

test('what is no picture, or a bomb, is left out and ends nothing', async () => {
  const good = await photo('#0000c0');
  const broken = good.subarray(0, good.length / 2);
  expect(await sizedDown(Buffer.from('no picture'), 400)).toBeNull();
  expect(await contactSheet([Buffer.from('no picture')])).toBeNull();
  const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: 'black' } })
    .png()
    .toBuffer();
  expect(await sizedDown(bomb, 400)).toBeNull();
  const sheet = await contactSheet([broken, Buffer.from('x'), good]);
  expect(sheet).not.toBeNull();
});
