// The parts of a template card that only say something or lead somewhere (90236, "shared parts").
import type { ReactNode } from 'react';
import type { CardBody } from '../../../simulator/api.ts';
import { WebLink } from '../chat/rich-text.tsx';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { useTexts } from '../state/store.ts';

type Part<K extends keyof CardBody> = NonNullable<CardBody[K]>;
const URL_TARGET = 1;
const SOURCE_COLOURS = ['grey', 'black', 'red', 'green'];

/** A target of type 1 is an address; mini programs (type 2) cannot be opened on a laptop and stay text. */
function Target({
  to,
  className,
  children,
}: {
  to: { type?: number; url?: string };
  className: string;
  children: ReactNode;
}) {
  if (to.type === URL_TARGET && to.url) {
    return (
      <WebLink href={to.url} className={className}>
        {children}
      </WebLink>
    );
  }
  return <span className={className}>{children}</span>;
}

export function CardHead({
  body,
  off,
  onTap,
}: {
  body: CardBody;
  off: boolean;
  onTap: (key: string) => void;
}) {
  const t = useTexts();
  const { source, action_menu: menu } = body;
  if (!source?.desc && !source?.icon_url && !menu) return null;
  return (
    <div className="card-source">
      {source?.icon_url && <img src={source.icon_url} alt="" />}
      <span className={`source-${SOURCE_COLOURS[source?.desc_color ?? 0] ?? 'grey'}`}>{source?.desc}</span>
      {menu && (
        <Popover
          face={<Icon name="more" />}
          label={menu.desc || t('more')}
          className="icon-button card-menu"
          panelClass="menu-panel"
        >
          {(close) =>
            menu.action_list.map((entry) => (
              <button
                key={entry.key}
                type="button"
                className="menu-entry"
                disabled={off}
                onClick={() => {
                  close();
                  onTap(entry.key);
                }}
              >
                {entry.text}
              </button>
            ))
          }
        </Popover>
      )}
    </div>
  );
}

export function CardTitle({ body }: { body: CardBody }) {
  const { main_title: title, card_action: action = {} } = body;
  if (!title?.title && !title?.desc) return null;
  return (
    <Target to={action} className="card-titles">
      {title.title && <span className="card-title">{title.title}</span>}
      {title.desc && <span className="card-desc">{title.desc}</span>}
    </Target>
  );
}

/** Where there is no title, these words lead to where the card leads. */
export function CardSub({ body }: { body: CardBody }) {
  const { main_title: title, card_action: action = {} } = body;
  const leads = !title?.title && !title?.desc;
  return (
    <Target to={leads ? action : {}} className="card-sub">
      {body.sub_title_text}
    </Target>
  );
}

export function Emphasis({ content }: { content: Part<'emphasis_content'> }) {
  return (
    <div className="card-emphasis">
      <strong>{content.title}</strong>
      <span>{content.desc}</span>
    </div>
  );
}

export function Quote({ area }: { area: Part<'quote_area'> }) {
  return (
    <Target to={area} className="card-quote">
      {area.title && <span className="card-quote-title">{area.title}</span>}
      <span>{area.quote_text}</span>
    </Target>
  );
}

export function CardImage({ image }: { image: Part<'card_image'> }) {
  // The platform's own default and bounds of the ratio (90236).
  const ratio = Math.min(2.25, Math.max(1.3, image.aspect_ratio ?? 1.3));
  return <img className="card-image" src={image.url} alt="" style={{ aspectRatio: ratio }} loading="lazy" />;
}

export function ImageText({ area }: { area: Part<'image_text_area'> }) {
  return (
    <Target to={area} className="card-imagetext">
      <span>
        <span className="card-imagetext-title">{area.title}</span>
        <span className="card-desc">{area.desc}</span>
      </span>
      <img src={area.image_url} alt="" loading="lazy" />
    </Target>
  );
}

export function VerticalRows({ rows }: { rows: Part<'vertical_content_list'> }) {
  return (
    <dl className="card-vertical">
      {rows.map((row) => (
        <div key={row.title}>
          <dt>{row.title}</dt>
          {row.desc && <dd>{row.desc}</dd>}
        </div>
      ))}
    </dl>
  );
}

type Row = Part<'horizontal_content_list'>[number];
function rowValue(row: Row): ReactNode {
  if (row.type === 1 && row.url) return <WebLink href={row.url}>{row.value ?? row.url}</WebLink>;
  if (row.type === 2 && row.media_id) {
    return (
      <a href={`/simulator/media/${encodeURIComponent(row.media_id)}`} download={row.value}>
        {row.value}
      </a>
    );
  }
  if (row.type === 3)
    return (
      <span className="card-member" title={row.userid}>
        {row.value || row.userid}
      </span>
    );
  return row.value;
}

export function Rows({ rows }: { rows: Part<'horizontal_content_list'> }) {
  return (
    <dl className="card-rows">
      {rows.map((row) => (
        <div key={row.keyname + row.value}>
          <dt>{row.keyname}</dt>
          <dd>{rowValue(row)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Jumps({ jumps }: { jumps: Part<'jump_list'> }) {
  return (
    <ul className="card-jumps">
      {jumps.map((jump) => (
        <li key={jump.title + jump.url}>
          <Target to={jump} className="card-jump">
            {jump.title}
            <Icon name="right" />
          </Target>
        </li>
      ))}
    </ul>
  );
}
