import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collect } from '../../client/collect.ts';
import { readLines } from '../../client/read-lines.ts';

/** A body that comes in pieces of so many bytes. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe('readLines()', () => {
  it('gives whole lines however the body is cut, through the middle of a character too', async () => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const lines = await collect(readLines(inPieces('{"a":1}\n鳥🐦\n\nrest', size), undefined));
      assert.deepEqual(lines, ['{"a":1}', '鳥🐦', ''], `${size}`);
    }
  });

  it('gives a line before the next one is there', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const lines = readLines(readable, undefined);
    void writer.write(new TextEncoder().encode('first\n'));
    assert.equal((await lines.next()).value, 'first');
    void writer.write(new TextEncoder().encode('second\n'));
    assert.equal((await lines.next()).value, 'second');
  });

  it('cancels the body when its reader stops early', async () => {
    const cancelled = Promise.withResolvers<string>();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('line\n')),
      cancel: () => cancelled.resolve('cancelled'),
    });
    for await (const line of readLines(endless, undefined)) if (line === 'line') break;
    assert.equal(await cancelled.promise, 'cancelled');
  });

  it('tells a lost connection from a caller who gave up', async () => {
    const failing = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new Error('reset')),
      });
    await assert.rejects(readLines(failing(), undefined).next(), {
      code: 'broken_off',
      retryable: true,
    });
    const reason = new Error('enough');
    await assert.rejects(readLines(failing(), AbortSignal.abort(reason)).next(), reason);
  });
});
