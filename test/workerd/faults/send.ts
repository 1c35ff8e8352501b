import { request } from 'node:http';
import type { Answer } from '../post-entail.ts';

/**
 * Sends a request on a connection of its own. `fetch()` shares connections, and takes it for a failure of its own when
 * the other side answers and closes before it has read the body, as it may.
 */
export function send(
  url: string,
  { body }: { readonly body?: string | Uint8Array } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers =
      body === undefined
        ? {}
        : {
            'Content-Type': 'application/octet-stream',
            'Content-Length': Buffer.byteLength(body),
          };
    const sending = request(url, { method, agent: false, headers });
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
      });
    });
    sending.end(body);
  });
}
