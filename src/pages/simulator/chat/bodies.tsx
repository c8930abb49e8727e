// The insides of a bubble that are neither text nor card: pictures, sounds, files, places, links.
import { useState } from 'react';
import type { Link, MediaView, Place } from '../../../simulator/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { useTexts } from '../state/store.ts';
import { WebLink } from './rich-text.tsx';

export function Picture({ media }: { media: MediaView }) {
  const t = useTexts();
  const [large, setLarge] = useState(false);
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={t('enlarge', { name: media.fileName })}
        onClick={() => setLarge(true)}
      >
        <img src={media.url} alt="" loading="lazy" />
      </button>
      {large && (
        <Dialog title={media.fileName} className="dialog-picture" onClose={() => setLarge(false)}>
          <img src={media.url} alt={media.fileName} />
        </Dialog>
      )}
    </>
  );
}

export function Sound({ media }: { media: MediaView }) {
  const t = useTexts();
  // AMR, the platform's own voice format, plays in no browser; then the file can still be kept.
  const playable = /mpeg|ogg|wav|mp4/.test(media.contentType);
  if (!playable) return <Attachment media={media} label={t('kind.voice')} />;
  // biome-ignore lint/a11y/useMediaCaption: what people recorded has no captions
  return <audio className="sound" controls src={media.url} aria-label={t('kind.voice')} />;
}

/** `words`: the title that an app gave it, and its description on the next line. */
export function Film({ media, words = '' }: { media: MediaView; words?: string }) {
  const [title, ...description] = words.split('\n');
  return (
    <div className="film">
      {/* biome-ignore lint/a11y/useMediaCaption: what people recorded has no captions */}
      <video controls src={media.url} />
      {title && <span className="card-title">{title}</span>}
      {description.length > 0 && <span className="card-desc">{description.join('\n')}</span>}
    </div>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function Attachment({ media, label }: { media: MediaView; label?: string }) {
  return (
    <a className="attachment" href={media.url} download={media.fileName}>
      <span className="person-words">
        <span className="attachment-name">{label ?? media.fileName}</span>
        <span className="person-place">{sizeOf(media.size)}</span>
      </span>
      <span className="attachment-icon">
        <Icon name="file" />
      </span>
    </a>
  );
}

export function PlaceBody({ place }: { place: Place }) {
  const t = useTexts();
  return (
    <div className="place">
      <span className="place-label">{place.label || t('kind.location')}</span>
      <span className="person-place">
        {place.latitude.toFixed(5)}, {place.longitude.toFixed(5)}
      </span>
      <span className="place-map" aria-hidden="true">
        <Icon name="place" />
      </span>
    </div>
  );
}

export function LinkBody({ link }: { link: Link }) {
  return (
    <WebLink href={link.url} className="link-body">
      <span className="link-title">{link.title}</span>
      <span className="link-text">
        <span>{link.description}</span>
        {link.picUrl && <img src={link.picUrl} alt="" loading="lazy" />}
      </span>
    </WebLink>
  );
}
