// Photos on cards: the addresses that a card names, and what is found under them by whoever may look at that moment.
import type { FileStore } from '../delivery/files.ts';
import type { FindPhotos, PhotoCardPayload } from '../delivery/photo-card.ts';
import { contactSheet, sizedDown } from '../delivery/pictures.ts';
import { wholeFile } from '../delivery/upload.ts';
import type { AlbumDeps, AlbumPage } from '../http/album.ts';
import type { Log } from '../log.ts';
import type { Signer } from '../store/signed.ts';
import type { Store } from '../store/store.ts';
import { albumOf, mayLook } from '../supervision/rectification/album.ts';
import { WecomRefused } from '../wecom/errors.ts';
import { authorizeUrl } from '../wecom/oauth.ts';
import type { Offices } from './offices.ts';

export interface AlbumParts {
  /** Where people reach this bot. */
  publicUrl: string;
  signer: Signer;
  store: Store;
  files: FileStore;
  offices: Pick<Offices, 'byId' | 'bySlug'>;
  now(): Date;
  log: Log;
}

/** So long after the card its picture and its page are there; a hand-in is judged within that, or looked at by asking. */
const DAYS = 7;
/** As wide as a telephone's screen has pixels. */
const PAGE_SIDE = 1_280;
/** Small pictures that were drawn a moment ago; a chat that is opened asks for all of its own at once. */
const SHEETS_KEPT = 40;

/** What delivery puts on the card. The same for each attempt, so that the platform knows a repeated one. */
export function photoAddresses({ publicUrl, signer, store, offices }: AlbumParts): FindPhotos {
  return async (row) => {
    const { findings, at } = row.payload as unknown as PhotoCardPayload; // of a `photo-card`, by its call
    const office = offices.byId(row.officeId);
    const { pictures, coming } = await albumOf({ sql: store.query }, findings);
    if (!office || (pictures.length === 0 && !coming)) return 'none';
    if (coming) return 'coming';
    const signed = signer.sign(row.id, new Date(Date.parse(at) + DAYS * 86_400_000));
    const page = pageUrl(publicUrl, office.slug, signed);
    return { picture: `${page}.jpg`, page: askUrl(office.corpId, page, signed) };
  };
}

/** Where `albumRoutes` answers. */
const pageUrl = (publicUrl: string, slug: string, signed: string) =>
  `${publicUrl}/wecom/${slug}/photos/${signed}`;

/** Straight to the platform, which comes back with a code for whoever tapped: nobody has to be remembered in between. */
const askUrl = (corpId: string, page: string, signed: string) =>
  authorizeUrl({ corpId, redirectUri: page, state: stateOf(signed) });
const stateOf = (signed: string) => Buffer.from(signed, 'base64url').toString('hex');

/** What the door shows. */
export function album(parts: AlbumParts): Pick<AlbumDeps, 'sheet' | 'page'> {
  const { publicUrl, signer, store, files, offices, now, log } = parts;
  const drawn = new Map<string, Buffer>();

  async function opened(slug: string, signed: string) {
    const office = offices.bySlug(slug);
    const id = signer.open(signed, now());
    if (!office || id === null) return null;
    const [row] = await store.query<{ recipient: string; payload: PhotoCardPayload }>(
      `select recipient, payload from outbox where id = $1 and office_id = $2 and call = 'photo-card'`,
      [id, office.id],
      'album-row',
    );
    if (!row) return null;
    return { office, receiver: row.recipient.replace(/^user:/, ''), ...row.payload };
  }

  /** What this person may look at now; null: nothing. */
  async function seenBy(
    userId: string,
    { office, findings }: NonNullable<Awaited<ReturnType<typeof opened>>>,
  ) {
    const asked = { officeId: office.id, userId, findings, now: now() };
    return store.transaction(async (tx) => ((await mayLook(tx, asked)) ? albumOf(tx, findings) : null));
  }

  const bytesOf = async (pictures: readonly string[]) => {
    const all = await Promise.all(
      pictures.map((sha256) => wholeFile(files, { kind: 'image', sha256, name: '' })),
    );
    return all.filter((one) => one !== null);
  };

  async function sheet(slug: string, signed: string): Promise<Buffer | null> {
    const card = await opened(slug, signed);
    const seen = card && (await seenBy(card.receiver, card));
    if (!seen || seen.pictures.length === 0) return null;
    const key = seen.pictures.join();
    const made = drawn.get(key) ?? (await contactSheet(await bytesOf(seen.pictures)));
    if (!made) return null;
    drawn.delete(key);
    drawn.set(key, made);
    for (const oldest of drawn.keys()) {
      if (drawn.size <= SHEETS_KEPT) break;
      drawn.delete(oldest);
    }
    return made;
  }

  async function page(
    slug: string,
    signed: string,
    said: { code: string; state: string },
  ): Promise<AlbumPage> {
    const card = await opened(slug, signed);
    if (!card) return { kind: 'gone' };
    const { office, title, desc } = card;
    if (said.code === '')
      return { kind: 'ask', url: askUrl(office.corpId, pageUrl(publicUrl, slug, signed), signed) };
    if (said.state !== stateOf(signed)) return { kind: 'again' };
    const looker = await lookerOf(office.client, said.code);
    if (looker === 'again') return { kind: 'again' };
    const seen = looker === null ? null : await seenBy(looker, card);
    if (!seen) return { kind: 'gone' };
    const photos: Buffer[] = [];
    for (const one of await bytesOf(seen.pictures)) {
      const sized = await sizedDown(one, PAGE_SIDE);
      if (sized) photos.push(sized.bytes);
    }
    return { kind: 'photos', title, desc, photos };
  }

  /** Null: nobody of this corp. A code serves once and for five minutes: a page that is loaded again asks anew. */
  async function lookerOf(
    client: { userFromCode: NonNullable<ReturnType<Offices['byId']>>['client']['userFromCode'] },
    code: string,
  ): Promise<string | null | 'again'> {
    try {
      const who = await client.userFromCode(code);
      return who.kind === 'member' ? who.userId : null;
    } catch (err) {
      if (!(err instanceof WecomRefused)) throw err;
      log.warn({ err }, 'who looks at photos could not be learnt');
      return 'again';
    }
  }

  return { sheet, page };
}
