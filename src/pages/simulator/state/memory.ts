// What this browser remembers between visits: language and the people used last. Nothing said in a chat.
const KEY = 'dudao.simulator';

function read(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    // Storage switched off or written by something else: begin anew.
    return {};
  }
}

export const remembered = (name: 'locale' | 'recent'): unknown => read()[name];

export function remember(name: 'locale' | 'recent', value: unknown): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [name]: value }));
  } catch {
    // Storage switched off: the page works without it.
  }
}
