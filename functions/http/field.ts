import { EntailError } from '../lib/entail-error.ts';

/** One named value of a request. */
export interface Field {
  readonly name: FieldName;
  readonly value: string | Uint8Array;
}

/** Names with a meaning; ModelScope calls hypothesis and premise `text` and `text2`. */
export type FieldName = 'image' | 'explain' | TextName;

/** Names of texts. */
export type TextName = 'hypothesis' | 'premise' | 'text' | 'text2';

const TEXT_NAMES: ReadonlySet<string> = new Set(['hypothesis', 'premise', 'text', 'text2']);

/** Whether a name is that of a text. */
export function isTextName(name: string): name is TextName {
  return TEXT_NAMES.has(name);
}

/**
 * Makes the field that asks where the model looked.
 *
 * @param value In JSON a boolean, elsewhere its name.
 * @throws {EntailError} `invalid_request`: neither.
 */
export function explainField(value: unknown): Field {
  const text = String(value);
  if (text === 'true' || text === 'false') return { name: 'explain', value: text };
  throw new EntailError('invalid_request', 'cannot read explain: it must be true or false');
}

/**
 * Makes the field of a text.
 *
 * @throws {EntailError} `invalid_request`: not a text.
 */
export function textField(name: TextName, value: unknown): Field {
  if (typeof value === 'string') return { name, value };
  throw new EntailError('invalid_request', `cannot read the ${name}: it must be a text`);
}
