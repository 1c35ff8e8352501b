/**
 * Cleans a sentence as the model was trained to see it.
 *
 * Python's `\s` also covers U+001C-U+001F, which JavaScript's `White_Space` does not: `checkText()`
 * refuses those before they come here. JavaScript's own `\s` would add U+FEFF and miss U+0085.
 *
 * @param maxWords At least 1; words are what single spaces separate.
 * @see `pre_caption` of OFA and ModelScope (`preprocessors/ofa/base.py`)
 */
export function preCaption(text: string, maxWords: number): string {
  const clean = text
    .toLowerCase()
    .replace(/^[,.!?*#:;~]+/, '')
    .replaceAll('-', ' ')
    .replaceAll('/', ' ')
    .replaceAll('<person>', 'person')
    .replace(/\p{White_Space}{2,}/gu, ' ')
    // No white space has a neighbour of its kind now: at most one newline, then one space, is left.
    .replace(/\n$/, '')
    .replace(/^ | $/g, '');
  return clean.split(' ').slice(0, maxWords).join(' ');
}
