import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import type { Question } from '../../functions/pipeline/entail.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import { verdictSchema } from './verdict-schema.ts';

/**
 * Asks a running endpoint one question.
 *
 * @param endpoint Its origin, for example `http://127.0.0.1:8787`.
 * @throws {Error} The image is larger than endpoints take. It cannot be reached, or answers with a problem: the code and the sentence.
 */
export async function askEndpoint(endpoint: string, question: Question): Promise<Verdict> {
  // An endpoint that turns a body away hangs up in the middle of it, which fetch reports as a lost connection.
  if (question.image.byteLength > MAX_IMAGE_BYTES) {
    throw new Error(
      `cannot send the image: ${question.image.byteLength} bytes, at most ${MAX_IMAGE_BYTES}`,
    );
  }
  const form = new FormData();
  form.set('image', new Blob([Uint8Array.from(question.image)]), 'image');
  form.set('hypothesis', question.hypothesis);
  if (question.premise !== null) form.set('premise', question.premise);
  const url = new URL('/v1/entail', endpoint);
  const response = await fetch(url, { method: 'POST', body: form }).catch((cause: unknown) => {
    throw new Error(`cannot reach ${url}: does the endpoint run there?`, { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new Error(describeProblem(response.status, text));
  const verdict = verdictSchema.safeParse(parseJson(text));
  if (!verdict.success)
    throw new Error(`${url} did not answer with a verdict: ${text.slice(0, 200)}`);
  return verdict.data;
}

function describeProblem(status: number, text: string): string {
  const { code, detail } = Object(parseJson(text));
  return typeof code === 'string'
    ? `${detail} (${code})`
    : `status ${status}: ${text.slice(0, 200)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
