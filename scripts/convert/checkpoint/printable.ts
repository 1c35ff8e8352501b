/** Characters of a name or value that a message shows. */
const MAX_CHARACTERS = 120;

/**
 * Something from a file as a message may show it: short, nothing in it that steers a terminal, and lists and objects
 * by their kind alone, as they may hold themselves.
 */
export function printable(value: unknown): string {
  if (typeof value === 'string') {
    const short = value.slice(0, MAX_CHARACTERS);
    return /^[\w./-]+$/.test(short) ? short : JSON.stringify(short);
  }
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object';
  return String(value).slice(0, MAX_CHARACTERS);
}
