import { Agent, type IncomingMessage, request } from 'node:http';
import * as z from 'zod/mini';

/** No answer of the Worker takes longer: an upload, its turn, an inference. */
const MAX_ANSWER_MS = 90_000;

/** A request, ready to be sent any number of times. */
export interface SoakRequest {
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What came back. */
export interface SoakAnswer {
  /** 0: the connection broke off. */
  readonly status: number;
  /** Of a problem; null for any other answer. */
  readonly code: string | null;
  /** Seconds, where the answer says so. */
  readonly retryAfter: number | null;
  readonly text: string;
  readonly ms: number;
}

/** Sends requests to one endpoint on this machine, each on a connection that is free. */
export interface Sender {
  send(request: SoakRequest): Promise<SoakAnswer>;
  close(): void;
}

const problemSchema = z.object({ code: z.string() });

/**
 * Makes a sender.
 *
 * @param endpoint Its origin.
 * @throws {Error} It is not on this machine: load is for one's own.
 */
export function createSender(endpoint: string): Sender {
  const { hostname, port } = new URL(endpoint);
  if (hostname !== '127.0.0.1' && hostname !== '[::1]' && hostname !== 'localhost') {
    throw new Error(`cannot send load to ${hostname}: only to this machine, 127.0.0.1`);
  }
  const agent = new Agent({ keepAlive: true });

  function open({ path, headers, body }: SoakRequest): Promise<IncomingMessage> {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const length = { 'Content-Length': String(body.length) };
      const target = { host: hostname, port, agent, path, method: 'POST' };
      const sent = request({ ...target, headers: { ...headers, ...length } }, resolve);
      sent.setTimeout(MAX_ANSWER_MS, () => sent.destroy(new Error('no answer in time')));
      // A refusal may come before the body is through, and ends the sending; only the first outcome counts.
      sent.on('error', (error) => {
        // The server closed it when it had answered the last one: every HTTP client then takes a new one.
        if (sent.reusedSocket) resolve(open({ path, headers, body }));
        else reject(error);
      });
      sent.end(body);
    });
  }

  async function send(wanted: SoakRequest): Promise<SoakAnswer> {
    const begin = performance.now();
    try {
      const response = await open(wanted);
      return { ...(await answerOf(response)), ms: performance.now() - begin };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { status: 0, code: null, retryAfter: null, text, ms: performance.now() - begin };
    }
  }

  return { send, close: () => agent.destroy() };
}

async function answerOf(response: IncomingMessage): Promise<Omit<SoakAnswer, 'ms'>> {
  const text = Buffer.concat(await response.toArray()).toString();
  const { 'content-type': type, 'retry-after': wait } = response.headers;
  const code =
    type === 'application/problem+json' ? problemSchema.parse(JSON.parse(text)).code : null;
  const retryAfter = wait === undefined ? null : Number(wait);
  return { status: response.statusCode ?? 0, code, retryAfter, text };
}
