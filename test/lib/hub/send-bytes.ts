import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubFault } from './hub-fault.ts';

const CHUNK_BYTES = 32 * 1024;

/** What is sent, and how. */
export interface BytesToSend {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** The status under which a part is sent: 206, and 200 from ModelScope. */
  readonly rangeStatus: 200 | 206;
  readonly fault: HubFault | null;
  /** Infinity: as fast as it goes. */
  readonly bytesPerSecond: number;
}

/** Answers a request for a file, or for the part from a byte on, with what is wrong with it. */
export async function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, headers, rangeStatus, fault, bytesPerSecond }: BytesToSend,
): Promise<void> {
  const kind = fault?.kind;
  if (fault?.kind === 'status') {
    const wait = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
    response.writeHead(fault.status, { 'Content-Type': 'application/json', ...wait });
    response.end(JSON.stringify({ Message: 'as the schedule has it' }));
    return;
  }
  if (kind === 'page') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Log in</title>');
    return;
  }
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const wanted = asked === undefined || kind === 'whole' ? 0 : Number(asked);
  if (wanted >= bytes.length && wanted > 0) {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
    return;
  }
  const start = wanted > 0 && kind === 'shift' ? wanted - 1 : wanted;
  let body = bytes.subarray(start);
  // What HEAD says is all there is to go by in a folder without digests: a lie told twice would pass for the truth.
  const isHead = request.method === 'HEAD';
  if (kind === 'half-range' && start > 0) body = body.subarray(0, Math.ceil(body.length / 2));
  if (kind === 'long' && !isHead) body = Buffer.concat([body, Buffer.from('more')]);
  if (fault?.kind === 'short' && !isHead)
    body = body.subarray(0, Math.floor(body.length * fault.at));
  if (fault?.kind === 'flip') body = flipped(body, fault.at);
  const range = { 'Content-Range': `bytes ${start}-${start + body.length - 1}/${bytes.length}` };
  response.writeHead(start > 0 ? rangeStatus : 200, {
    'Content-Length': body.length,
    ...(start > 0 ? range : {}),
    ...headers,
  });
  if (isHead) {
    response.end();
    return;
  }
  const broken = fault?.kind === 'drop' || fault?.kind === 'stall';
  const until = broken ? Math.floor(body.length * fault.at) : body.length;
  for (let at = 0; at < until; at += CHUNK_BYTES) {
    const chunk = body.subarray(at, Math.min(until, at + CHUNK_BYTES));
    if (response.destroyed) return;
    await new Promise<void>((resolve) => response.write(chunk, () => resolve()));
    if (bytesPerSecond !== Number.POSITIVE_INFINITY) {
      await sleep((1000 * chunk.length) / bytesPerSecond);
    }
  }
  if (kind === 'drop') response.socket?.destroySoon();
  else if (kind !== 'stall') response.end();
}

function flipped(body: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(body);
  const place = Math.floor(copy.length * at);
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}
