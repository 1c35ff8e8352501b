import type { Batch, Question } from '../pipeline/entail.ts';
import { declaredLength } from './declared-length.ts';
import { type Field, isTextName, textField } from './field.ts';
import { parseJson } from './parse-json.ts';
import { parseMultipart } from './parse-multipart.ts';
import { readBody } from './read-body.ts';
import { type RequestForm, requestForm } from './request-form.ts';
import { toBatch } from './to-batch.ts';
import { toQuestion } from './to-question.ts';

/**
 * Checks a request's headers and says how to read its body.
 *
 * Texts may stand in the query in all three forms.
 *
 * @returns Reads the body and makes a question of it; to be called once.
 * @throws {EntailError} `unsupported_media`, `bad_request` or `body_too_large`, the body unread.
 */
export function questionReader(request: Request): () => Promise<Question> {
  const readFields = fieldsReader(request);
  return async () => toQuestion(await readFields());
}

/**
 * The same for several hypotheses: fields of that name in a form or the query, `hypotheses` in JSON.
 *
 * @throws {EntailError} as {@linkcode questionReader}.
 */
export function batchReader(request: Request): () => Promise<Batch> {
  const readFields = fieldsReader(request);
  return async () => toBatch(await readFields());
}

function fieldsReader(request: Request): () => Promise<Field[]> {
  const form = requestForm(request.headers);
  const declared = declaredLength(request.headers);
  return async () => {
    const bytes = await readBody(request.body, declared);
    const contentType = request.headers.get('Content-Type') ?? '';
    return [...queryFields(request.url), ...(await bodyFields(form, bytes, contentType))];
  };
}

function queryFields(url: string): Field[] {
  const fields: Field[] = [];
  for (const [name, value] of new URL(url).searchParams) {
    if (isTextName(name)) fields.push(textField(name, value));
  }
  return fields;
}

async function bodyFields(
  form: RequestForm,
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Field[]> {
  switch (form) {
    case 'multipart':
      return await parseMultipart(bytes, contentType);
    case 'json':
      return parseJson(bytes);
    case 'raw':
      return [{ name: 'image', value: bytes }];
  }
}
