import { EntailError } from '../lib/entail-error.ts';

/** One piece of a prompt: fixed text, or the index of the argument that stands there. */
export type PromptPart = string | 0 | 1;

/**
 * Reads `model.prompt` of a checkpoint's `configuration.json`, a template of Python's `str.format`:
 * `{}` in turn, or `{0}` and `{1}`; `{{` and `}}` for braces.
 *
 * @throws {EntailError} `model_integrity` on anything else of that language (names, conversions,
 *   format specs), on both kinds of place at once, on an argument beyond 1, and when there is no place.
 * @see https://docs.python.org/3/library/string.html#format-string-syntax
 */
export function parsePrompt(template: string): PromptPart[] {
  const parts: PromptPart[] = [];
  const kinds = new Set<'in turn' | 'by number'>();
  let next = 0;
  for (const [piece] of template.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/g)) {
    if (piece === '{{' || piece === '}}') parts.push(piece.charAt(0));
    else if (!/[{}]/.test(piece)) parts.push(piece);
    else {
      const place = piece === '{}' ? String(next++) : /^\{([01])\}$/.exec(piece)?.[1];
      if (place === '0') parts.push(0);
      else if (place === '1') parts.push(1);
      else refuse(template, `${piece} is not a place for text`);
      kinds.add(piece === '{}' ? 'in turn' : 'by number');
    }
  }
  if (kinds.size === 0) refuse(template, 'it has no {} for the hypothesis');
  if (kinds.size === 2) refuse(template, '{} and {0} do not go together');
  return parts;
}

function refuse(template: string, why: string): never {
  throw new EntailError(
    'model_integrity',
    `Cannot use the model's prompt: ${why}, ${JSON.stringify(template.slice(0, 200))}`,
  );
}
