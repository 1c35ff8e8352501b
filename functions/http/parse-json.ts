import { EntailError } from '../lib/entail-error.ts';
import { checkJsonShape } from './check-json-shape.ts';
import { decodeImageText } from './decode-image-text.ts';
import { type Field, textFields } from './field.ts';
import type { RequestSchemas } from './schema/request-schemas.ts';
import { validate } from './schema/validate.ts';

/**
 * Reads the fields of a JSON body; null counts as absent, other names are passed over.
 *
 * @param bytes UTF-8.
 * @throws {EntailError} `bad_request`: not JSON; `invalid_request`: a value of the wrong type, too deep,
 *   or too many values.
 */
export function parseJson(bytes: Uint8Array, schema: RequestSchemas['json']): Field[] {
  checkJsonShape(bytes);
  const { image, ...texts } = validate(schema, parse(bytes));
  return [...textFields(texts), { name: 'image', value: decodeImageText(image) }];
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
