// A button with a panel below it, on the browser's own popover: Escape and a press elsewhere close it, focus goes back.
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';

export interface PopoverProps {
  /** What the button shows. */
  face: ReactNode;
  /** Said for the button when its face does not say it. */
  label: string;
  className?: string;
  panelClass?: string;
  children: (close: () => void) => ReactNode;
}

const GAP = 6;

export function Popover({ face, label, className = '', panelClass = '', children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  // Under the button or above it, and never past an edge of the window; measured once the content is there.
  useLayoutEffect(() => {
    if (!open) return;
    const [from, box] = [button.current?.getBoundingClientRect(), panel.current];
    if (!from || !box) return;
    const room = innerHeight - from.bottom - 2 * GAP;
    // A long list under a button of the upper half is scrolled there, rather than laid over the button.
    const below = box.offsetHeight <= room || from.top < innerHeight / 2;
    if (below) box.style.maxHeight = `${room}px`;
    const left = Math.min(from.left, innerWidth - box.offsetWidth - GAP);
    box.style.left = `${Math.max(GAP, left)}px`;
    box.style.top = `${below ? from.bottom + GAP : Math.max(GAP, from.top - GAP - box.offsetHeight)}px`;
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-expanded={open}
        aria-haspopup="dialog"
        title={label}
        popoverTarget={id}
      >
        {face}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={`popover ${panelClass}`}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}
