import { EntailError } from '../lib/entail-error.ts';
import type { Question } from '../pipeline/entail.ts';
import type { Field, FieldName, TextName } from './field.ts';
import { MAX_IMAGE_BYTES } from './limits.ts';

type Values = ReadonlyMap<FieldName, Field['value']>;

/**
 * Makes a question of the fields of a request, wherever they came from.
 *
 * @throws {EntailError} `invalid_request`: a field missing, given twice, or two names of one field
 *   that differ; `body_too_large`: the image.
 */
export function toQuestion(fields: readonly Field[]): Question {
  const values = new Map<FieldName, Field['value']>();
  for (const { name, value } of fields) {
    if (values.has(name)) throw invalid(`${name} is given twice`);
    values.set(name, value);
  }
  const image = imageOf(values);
  const hypothesis = textOf(values, 'hypothesis', 'text');
  if (hypothesis === null) throw invalid('hypothesis is missing');
  const premise = textOf(values, 'premise', 'text2');
  return { image, hypothesis, premise, explain: values.get('explain') === true };
}

function imageOf(values: Values): Uint8Array {
  const image = values.get('image');
  if (!(image instanceof Uint8Array)) throw invalid('image is missing');
  if (image.length === 0) throw invalid('image is empty');
  if (image.length > MAX_IMAGE_BYTES) {
    throw new EntailError(
      'body_too_large',
      `cannot take the image: ${image.length} bytes, at most ${MAX_IMAGE_BYTES}`,
    );
  }
  return image;
}

function textOf(values: Values, name: TextName, otherName: TextName): string | null {
  const text = values.get(name);
  const other = values.get(otherName);
  if (text !== undefined && other !== undefined && text !== other) {
    throw invalid(`${name} and ${otherName} are names of one field and differ`);
  }
  const value = text ?? other;
  return typeof value === 'string' ? value : null;
}

function invalid(why: string): EntailError {
  return new EntailError('invalid_request', `cannot read the question: ${why}`);
}
