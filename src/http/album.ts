// The bot's window for photos: a small picture for a card under a signed address, and a page that first asks the platform who is looking.
import type { FastifyInstance, FastifyReply } from 'fastify';

export type AlbumPage =
  /** Who is looking is not known yet: the platform says so and comes back. */
  | { kind: 'ask'; url: string }
  /** JPEGs, sized for a telephone. */
  | { kind: 'photos'; title: string; desc: string; photos: Buffer[] }
  /** The platform's code was used up or is over; the page asks anew when it is touched. */
  | { kind: 'again' }
  /** The address is none of ours or over, or she may not look; which of them is nobody's business. */
  | { kind: 'gone' };

export interface AlbumDeps {
  /** A JPEG; null: the address is none of ours or over, its receiver may not look any more, or nothing is left. */
  sheet(office: string, signed: string): Promise<Buffer | null>;
  page(office: string, signed: string, said: { code: string; state: string }): Promise<AlbumPage>;
  words(key: 'gone' | 'again' | 'empty'): string;
  locale: string;
}

/** A client may keep the small picture for so long; who may not look any more sees it no longer than that. */
const KEPT_SECONDS = 600;
const QUIET = {
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
const PAGE = {
  ...QUIET,
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
};

/** GET /wecom/:office/photos/<signed>.jpg and /wecom/:office/photos/<signed>. */
export async function albumRoutes(app: FastifyInstance, deps: AlbumDeps): Promise<void> {
  interface Asked {
    Params: { office: string; file: string };
    Querystring: { code?: unknown; state?: unknown };
  }
  app.get<Asked>('/wecom/:office/photos/:file', async ({ params, query }, reply) => {
    const { office, file } = params;
    if (file.endsWith('.jpg')) {
      const sheet = await deps.sheet(office, file.slice(0, -'.jpg'.length));
      if (!sheet) return reply.code(404).headers(QUIET).send('');
      const kept = { 'cache-control': `private, max-age=${KEPT_SECONDS}` };
      return reply
        .type('image/jpeg')
        .headers({ ...QUIET, ...kept })
        .send(sheet);
    }
    const said = { code: wordOf(query.code), state: wordOf(query.state) };
    const page = await deps.page(office, file, said);
    if (page.kind === 'ask') return reply.headers(PAGE).redirect(page.url, 302);
    return show(reply, page);
  });

  function show(reply: FastifyReply, page: Exclude<AlbumPage, { kind: 'ask' }>) {
    const body =
      page.kind === 'photos'
        ? `<h1>${escaped(page.title)}</h1><p>${escaped(page.desc)}</p>${pictures(page.photos)}`
        : `<p>${escaped(deps.words(page.kind))}</p>`;
    return reply
      .code(page.kind === 'gone' ? 404 : 200)
      .headers(PAGE)
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="${deps.locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${page.kind === 'photos' ? escaped(page.title) : ''}</title><style>body{margin:0 auto;max-width:960px;padding:12px;font:16px/1.5 system-ui,sans-serif;color:#222}h1{font-size:18px;margin:4px 0}img{display:block;width:100%;margin:12px 0;border-radius:4px}</style>${body}</html>`,
      );
  }

  // Inside the page, so that no photo has an address of its own that could be passed on.
  const pictures = (photos: readonly Buffer[]) =>
    photos.length === 0
      ? `<p>${escaped(deps.words('empty'))}</p>`
      : photos.map((one) => `<img alt="" src="data:image/jpeg;base64,${one.toString('base64')}">`).join('');
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
