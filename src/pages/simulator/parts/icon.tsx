// The page's own line icons, drawn on a 20 × 20 grid. All are decoration: the words stand beside them or in a label.
const PATHS = {
  search: 'M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.500 13.500 17 17',
  back: 'M12.500 4 6.500 10l6 6',
  close: 'M5 5l10 10M15 5 5 15',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  clock: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM10 6v4.200l2.800 1.800',
  fault: 'M10 3 18 16.500H2ZM10 8v4M10 14.200v.3',
  wire: 'M3 7h12l-3-3M17 13H5l3 3',
  language:
    'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM2.500 10h15M10 2.500c2.500 2 2.500 13 0 15-2.500-2-2.500-13 0-15Z',
  photo: 'M3 5.500h3l1.200-2h5.600l1.200 2h3v10.500H3ZM10 13.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  place:
    'M10 17.500c4-4.300 5.500-6.700 5.500-9a5.500 5.500 0 0 0-11 0c0 2.300 1.500 4.700 5.500 9ZM10 10.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  menu: 'M3.500 5.500h13M3.500 10h13M3.500 14.500h13',
  keyboard: 'M2.500 5h15v10h-15ZM5.500 8h.1M8.500 8h.1M11.500 8h.1M14.500 8h.1M6.500 12h7',
  file: 'M5 2.500h7l3.500 3.500v11.500H5ZM12 2.500V6h3.500',
  copy: 'M7 7h9v10H7ZM4 13V3h9',
  check: 'M4 10.500 8.200 14.500 16 6',
  more: 'M5 10h.1M10 10h.1M15 10h.1',
  reset: 'M4 10a6 6 0 1 0 2-4.500M4 3v3.500h3.500',
  send: 'M3 10 17 3.500 13 16.500l-3.500-4.500Z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
