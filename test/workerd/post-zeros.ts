import { request } from 'node:http';
import type { Answer } from './post-entail.ts';

/**
 * Sends a raw body of zeros to `POST /v1/entail`, with headers that `fetch()` would not let through.
 *
 * @param origin The endpoint, without a slash at the end.
 * @param bytes Length of the body; 0: it is never sent, whatever the headers announce.
 */
export function postZeros(
  origin: string,
  headers: Readonly<Record<string, string>>,
  bytes: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(`${origin}/v1/entail?hypothesis=a`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/png', ...headers },
    });
    sending.on('error', reject);
    sending.on('response', (response) => {
      const received = new Headers();
      for (const [name, value] of Object.entries(response.headers)) {
        received.set(name, String(value));
      }
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: received, text });
        sending.destroy();
      });
    });
    sending.flushHeaders();
    if (bytes > 0) sending.end(Buffer.alloc(bytes));
  });
}
