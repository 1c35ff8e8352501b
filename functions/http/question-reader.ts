import type { Question } from '../pipeline/entail.ts';
import { declaredLength } from './declared-length.ts';
import { type Field, isTextName, textField } from './field.ts';
import { parseJson } from './parse-json.ts';
import { parseMultipart } from './parse-multipart.ts';
import { readBody } from './read-body.ts';
import { type RequestForm, requestForm } from './request-form.ts';
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
  const form = requestForm(request.headers);
  const declared = declaredLength(request.headers);
  return async () => {
    const bytes = await readBody(request.body, declared);
    const contentType = request.headers.get('Content-Type') ?? '';
    return toQuestion([
      ...queryFields(request.url),
      ...(await bodyFields(form, bytes, contentType)),
    ]);
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
