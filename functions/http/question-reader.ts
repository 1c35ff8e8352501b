import type { Batch, Question } from '../pipeline/entail.ts';
import type { AppContext } from './app-env.ts';
import { declaredLength } from './declared-length.ts';
import { type Field, textFields } from './field.ts';
import { gatherValues } from './gather-values.ts';
import { parseJson } from './parse-json.ts';
import { parseMultipart } from './parse-multipart.ts';
import { readBody } from './read-body.ts';
import { type RequestForm, requestForm } from './request-form.ts';
import { batchSchemas, questionSchemas, type RequestSchemas } from './schema/request-schemas.ts';
import { validate } from './schema/validate.ts';
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
  const readFields = fieldsReader(c, questionSchemas);
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
  const readFields = fieldsReader(c, batchSchemas);
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

function fieldsReader(c: AppContext, schemas: RequestSchemas): () => Promise<Field[]> {
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
    const sent = { form, bytes, contentType };
    return [...queryFields(request.url, schemas), ...(await bodyFields(sent, schemas))];
  };
}

function queryFields(url: string, { query, lists }: RequestSchemas): Field[] {
  const values = gatherValues(new URL(url).searchParams, query.shape, lists);
  return textFields(validate(query, values));
}

interface Sent {
  readonly form: RequestForm;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

async function bodyFields(
  { form, bytes, contentType }: Sent,
  schemas: RequestSchemas,
): Promise<Field[]> {
  switch (form) {
    case 'multipart':
      return await parseMultipart(bytes, contentType, schemas);
    case 'json':
      return parseJson(bytes, schemas.json);
    case 'raw':
      return [{ name: 'image', value: bytes }];
  }
}
