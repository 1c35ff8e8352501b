import { EntailError } from '../lib/entail-error.ts';
import { checkJsonShape } from './check-json-shape.ts';
import { decodeImageText } from './decode-image-text.ts';
import { explainField, type Field, isTextName, textField } from './field.ts';

/**
 * Reads the fields of a JSON body; null counts as absent, other names are passed over.
 *
 * @param bytes UTF-8.
 * @throws {EntailError} `bad_request`: not JSON; `invalid_request`: a value of the wrong type, too deep,
 *   or too many values.
 */
export function parseJson(bytes: Uint8Array): Field[] {
  checkJsonShape(bytes);
  const json = parse(bytes);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new EntailError('invalid_request', 'cannot read the body: it must be a JSON object');
  }
  const fields: Field[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (value === null) continue;
    if (isTextName(name)) fields.push(textField(name, value));
    if (name === 'explain') fields.push(explainField(value));
    if (name === 'hypotheses') fields.push(...hypothesesOf(value));
    if (name === 'image') fields.push({ name, value: decodeImageText(value) });
  }
  return fields;
}

/** `hypotheses`, the batch's list: as many fields `hypothesis`. */
function hypothesesOf(value: unknown): Field[] {
  if (Array.isArray(value)) return value.map((text: unknown) => textField('hypothesis', text));
  throw new EntailError('invalid_request', 'cannot read the hypotheses: they must be a list');
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // Its message quotes the body, so it is not passed on.
    throw new EntailError('bad_request', 'cannot read the body: it is not UTF-8 JSON', {
      cause: error,
    });
  }
}
