import { BROKEN_OFF, orLost } from './lost.ts';

/**
 * Splits a body of UTF-8 into lines as they come in; the reader may stop early, which ends the request.
 *
 * @returns Whole lines without their ends; what stands behind the last line feed is no line, and is left out.
 * @throws {EndpointError} `broken_off`
 * @throws The signal's reason.
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await orLost(BROKEN_OFF, signal, () => reader.read());
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Not awaited: nobody waits for a connection to close.
    reader.cancel().catch(() => {});
  }
}
