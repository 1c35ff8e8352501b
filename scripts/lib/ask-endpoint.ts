import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import type { Question } from '../../functions/pipeline/entail.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { fetchEndpoint } from './fetch-endpoint.ts';

/**
 * Asks a running endpoint one question.
 *
 * @param endpoint Its origin, for example `http://127.0.0.1:8787`.
 * @throws {EndpointProblem} It answers with a problem: the code and the sentence.
 * @throws {Error} The image is larger than endpoints take, or the endpoint cannot be reached.
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
  const answer = await fetchEndpoint(url, { method: 'POST', body: form });
  const verdict = verdictSchema.safeParse(answer);
  if (!verdict.success) {
    const found = String(JSON.stringify(answer)).slice(0, 200);
    throw new Error(`${url} did not answer with a verdict: ${found}`);
  }
  return verdict.data;
}
