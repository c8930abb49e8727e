// The square with the end of a name that stands for a person, a group or an app where there is no picture.
export interface AvatarProps {
  name: string;
  /** What the colour is taken from: the same person has the same colour everywhere. */
  seed: string;
  kind?: 'person' | 'app' | 'group';
  size?: 'small' | 'middle' | 'large';
}

/** Chinese people are known by the last two characters of their names, apps and groups by the first; others by initials. */
export function initialsOf(name: string, kind: AvatarProps['kind'] = 'person'): string {
  const trimmed = name.trim();
  if (/\p{Script=Han}/u.test(trimmed)) {
    const letters = [...trimmed];
    return (kind === 'person' ? letters.slice(-2) : letters.slice(0, 2)).join('');
  }
  const words = trimmed.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');
}

const COLOURS = 6;
function colourOf(seed: string): number {
  let sum = 0;
  for (const char of seed.toLowerCase()) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % COLOURS;
}

export function Avatar({ name, seed, kind = 'person', size = 'middle' }: AvatarProps) {
  const colour = kind === 'person' ? `avatar-${colourOf(seed)}` : `avatar-${kind}`;
  return (
    <span className={`avatar avatar-${size} ${colour}`} aria-hidden="true">
      {initialsOf(name, kind)}
    </span>
  );
}
