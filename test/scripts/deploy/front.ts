import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** What stands before an endpoint says itself; null: the endpoint is asked. */
export type FrontAnswer = (
  path: string,
) => { readonly status: number; readonly body: string } | null;

/**
 * Puts something before an endpoint, until the test ends.
 *
 * @returns Where it answers.
 */
export async function startFront(
  t: TestContext,
  url: string,
  answer: FrontAnswer,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const own = answer(path);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, body } = own ?? (await passOn(url + path, request.headers, chunks));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port }: AddressInfo = Object(server.address());
  return `http://127.0.0.1:${port}`;
}

async function passOn(
  url: string,
  headers: { readonly 'content-type'?: string | undefined },
  chunks: readonly Buffer[],
): Promise<{ readonly status: number; readonly body: string }> {
  const type = headers['content-type'];
  const asked =
    type === undefined
      ? await fetch(url)
      : await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': type },
          body: Buffer.concat(chunks),
        });
  return { status: asked.status, body: await asked.text() };
}
