// Sends a place: a few that a visitor of the demo district would be at, or any other.
import { type FormEvent, useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { sendPlace } from '../state/actions.ts';
import { useTexts } from '../state/store.ts';
import type { PlaceInput } from '../state/wire.ts';

/** School gates of the demo district, and one place that is near none. */
const SAMPLES: readonly PlaceInput[] = [
  { label: '东关街道中心小学', latitude: 37.71126, longitude: 118.19172 },
  { label: '安澜区实验小学', latitude: 37.72632, longitude: 118.11048 },
  { label: '东关街道中心幼儿园', latitude: 37.71277, longitude: 118.15566 },
  { label: '安澜服务区', latitude: 37.60411, longitude: 118.00219 },
];

export function PlaceButton() {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={t('place')}
        title={t('place')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="place" />
      </button>
      {open && <PlaceDialog onClose={() => setOpen(false)} onChoose={(place) => void sendPlace(place)} />}
    </>
  );
}

export interface PlaceDialogProps {
  onClose: () => void;
  onChoose: (place: PlaceInput) => void;
}
export function PlaceDialog({ onClose, onChoose }: PlaceDialogProps) {
  const t = useTexts();
  const [place, setPlace] = useState<PlaceInput>(SAMPLES[0] ?? { label: '', latitude: 0, longitude: 0 });
  const choose = (chosen: PlaceInput) => {
    onClose();
    onChoose(chosen);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    choose(place);
  };
  return (
    <Dialog title={t('place')} onClose={onClose}>
      <ul className="place-samples">
        {SAMPLES.map((sample) => (
          <li key={sample.label}>
            <button type="button" className="menu-entry" onClick={() => choose(sample)}>
              <Icon name="place" />
              <span className="person-words">
                <span>{sample.label}</span>
                <span className="person-place">
                  {sample.latitude}, {sample.longitude}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <form className="place-form" onSubmit={onSubmit}>
        <label>
          {t('placeName')}
          <input
            value={place.label}
            onChange={(event) => setPlace({ ...place, label: event.target.value })}
          />
        </label>
        <label>
          {t('latitude')}
          <input
            type="number"
            step="any"
            min={-90}
            max={90}
            required
            value={place.latitude}
            onChange={(event) => setPlace({ ...place, latitude: event.target.valueAsNumber })}
          />
        </label>
        <label>
          {t('longitude')}
          <input
            type="number"
            step="any"
            min={-180}
            max={180}
            required
            value={place.longitude}
            onChange={(event) => setPlace({ ...place, longitude: event.target.valueAsNumber })}
          />
        </label>
        <button type="submit" className="main-button">
          {t('send')}
        </button>
      </form>
    </Dialog>
  );
}
