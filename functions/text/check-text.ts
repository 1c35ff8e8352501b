import { EntailError } from '../lib/entail-error.ts';
import { isBlank } from './is-blank.ts';
import { preCaption } from './pre-caption.ts';

/** A picture's caption is one sentence; far beyond what the model reads, small enough to tokenise at once. */
export const MAX_TEXT_CHARACTERS = 2000;

/** Tab, line feed and carriage return stand in honest text; every other control character does not. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

/**
 * Lets through what can be asked about, unchanged.
 *
 * A hypothesis of which `preCaption()` leaves nothing to see ('???', '-', spaces) is refused, although
 * the published code would score it: an answer on nothing serves nobody. A premise may be blank: it
 * then counts as absent (`writePrompt()`), as browsers send empty form fields.
 *
 * @param field Which input, for the message.
 * @param text At most 2,000 characters, counted as Unicode code points.
 * @throws {EntailError} `bad_text` on a lone surrogate or a control character other than tab and line ends.
 * @throws {EntailError} `invalid_request` on a text that is too long or a hypothesis that says nothing.
 */
export function checkText(field: 'hypothesis' | 'premise', text: string): string {
  const length = countCodePoints(text);
  if (length > MAX_TEXT_CHARACTERS) {
    throw new EntailError(
      'invalid_request',
      `Cannot take the ${field}: ${length} characters, at most ${MAX_TEXT_CHARACTERS}`,
    );
  }
  if (!text.isWellFormed()) {
    throw new EntailError('bad_text', `Cannot read the ${field}: half of a surrogate pair in it`);
  }
  const control = CONTROL.exec(text)?.[0].charCodeAt(0).toString(16).toUpperCase();
  if (control !== undefined) {
    const name = `U+${control.padStart(4, '0')}`;
    throw new EntailError('bad_text', `Cannot read the ${field}: control character ${name} in it`);
  }
  if (field === 'hypothesis' && isBlank(preCaption(text, MAX_TEXT_CHARACTERS))) {
    const said = JSON.stringify(text.slice(0, 20));
    throw new EntailError(
      'invalid_request',
      `Cannot judge the hypothesis: it says nothing, ${said}`,
    );
  }
  return text;
}

/** Counts without a copy: the text may be as long as a request's body. */
function countCodePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; count++) i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
