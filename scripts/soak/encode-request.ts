import type { SoakRequest } from './send.ts';

/** A question as it is to be put. */
export interface Asked {
  readonly image: Uint8Array;
  /** More than one make a batch. */
  readonly hypotheses: readonly string[];
  readonly premise?: string;
}

const PATHS = { one: '/v1/entail', several: '/v1/entail/batch' } as const;

/** The ways to send a question. */
export const FORMS = ['multipart', 'json', 'raw'] as const;

/** Writes a question in one of the three forms. */
export async function encodeRequest(
  form: (typeof FORMS)[number],
  { image, hypotheses, premise }: Asked,
): Promise<SoakRequest> {
  const path = hypotheses.length === 1 ? PATHS.one : PATHS.several;
  const texts = [
    ...hypotheses.map((text) => ['hypothesis', text] as const),
    ...(premise === undefined ? [] : [['premise', premise] as const]),
  ];
  if (form === 'raw') {
    const query = new URLSearchParams(texts.map((pair) => [...pair]));
    const headers = { 'Content-Type': 'application/octet-stream' };
    return { path: `${path}?${query}`, headers, body: image };
  }
  if (form === 'json') {
    const [hypothesis] = hypotheses;
    const asked = hypotheses.length === 1 ? { hypothesis } : { hypotheses };
    const base64 = Buffer.from(image).toString('base64');
    const body = Buffer.from(JSON.stringify({ image: base64, ...asked, premise }));
    return { path, headers: { 'Content-Type': 'application/json' }, body };
  }
  const data = new FormData();
  data.set('image', new Blob([Uint8Array.from(image)]), 'image');
  for (const [name, text] of texts) data.append(name, text);
  const encoded = new Response(data);
  const headers = { 'Content-Type': encoded.headers.get('Content-Type') ?? '' };
  return { path, headers, body: new Uint8Array(await encoded.arrayBuffer()) };
}
