import type { Question } from '../../functions/pipeline/entail.ts';

/** A request of `POST /v1/entail`: what stands behind the path, and how it is sent. */
export interface EntailRequest {
  readonly query: string;
  readonly init: RequestInit;
}

/** The three equal forms of a question. */
export const REQUEST_FORMS = {
  multipart({ image, hypothesis, premise }: Question): EntailRequest {
    const body = new FormData();
    body.set('image', new Blob([Uint8Array.from(image)]), 'image');
    body.set('hypothesis', hypothesis);
    if (premise !== null) body.set('premise', premise);
    return { query: '', init: { body } };
  },
  json({ image, hypothesis, premise }: Question): EntailRequest {
    const base64 = Buffer.from(image).toString('base64');
    const body = JSON.stringify({ image: base64, hypothesis, premise });
    return { query: '', init: { body, headers: { 'Content-Type': 'application/json' } } };
  },
  raw({ image, hypothesis, premise }: Question): EntailRequest {
    const query = new URLSearchParams({ hypothesis, ...(premise === null ? {} : { premise }) });
    const headers = { 'Content-Type': 'application/octet-stream' };
    return { query: `?${query}`, init: { body: Uint8Array.from(image), headers } };
  },
} as const;
