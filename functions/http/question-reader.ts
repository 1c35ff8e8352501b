import type { Batch, Question } from '../pipeline/entail.ts';
import type { AppContext } from './app-env.ts';
import { declaredLength } from './declared-length.ts';
import { explainField, type Field, isTextName, textField } from './field.ts';
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
export function questionReader(c: AppContext): () => Promise<Question> {
  const readFields = fieldsReader(c);
  return async () => {
    const question = toQuestion(await readFields());
    noteSizes(c, question.image, 1);
    return question;
  };
}

/**
 * The same for several hypotheses: fields of that name in a form or the query, `hypotheses` in JSON.
 *
 * @throws {EntailError} as {@linkcode questionReader}.
 */
export function batchReader(c: AppContext): () => Promise<Batch> {
  const readFields = fieldsReader(c);
  return async () => {
    const batch = toBatch(await readFields());
    noteSizes(c, batch.image, batch.hypotheses.length);
    return batch;
  };
}

function noteSizes(c: AppContext, image: Uint8Array, hypotheses: number): void {
  const { notes } = c.get('record');
  notes.image_bytes = image.length;
  notes.hypotheses = hypotheses;
}

function fieldsReader(c: AppContext): () => Promise<Field[]> {
  const request = c.req.raw;
  const form = requestForm(request.headers);
  const declared = declaredLength(request.headers);
  return async () => {
    const { notes, elapsed } = c.get('record');
    notes.wait_ms = elapsed();
    const bytes = await readBody(request.body, declared);
    notes.upload_ms = elapsed() - notes.wait_ms;
    notes.body_bytes = bytes.length;
    const contentType = request.headers.get('Content-Type') ?? '';
    return [...queryFields(request.url), ...(await bodyFields(form, bytes, contentType))];
  };
}

function queryFields(url: string): Field[] {
  const fields: Field[] = [];
  for (const [name, value] of new URL(url).searchParams) {
    if (isTextName(name)) fields.push(textField(name, value));
    if (name === 'explain') fields.push(explainField(value));
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
