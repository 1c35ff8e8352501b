import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PickleWriter } from '../../../scripts/synthetic/pickle-writer.ts';

function hex(pickle: PickleWriter): string {
  return Buffer.from(pickle.finish()).toString('hex');
}

test('PickleWriter writes protocol 2 and a stop', () => {
  assert.equal(hex(new PickleWriter().raw('N')), '80024e2e');
});

test('PickleWriter writes numbers as Python does: one byte, else four', () => {
  // pickletools.optimize(pickle.dumps(n, 2)) of CPython 3.11, but for 256 to 65535, which it puts in two bytes.
  assert.equal(hex(new PickleWriter().int(0)), '80024b002e');
  assert.equal(hex(new PickleWriter().int(255)), '80024bff2e');
  assert.equal(hex(new PickleWriter().int(256)), '80024a000100002e');
  assert.equal(hex(new PickleWriter().int(70_000)), '80024a701101002e');
  assert.equal(hex(new PickleWriter().int(2 ** 31 - 1)), '80024affffff7f2e');
});

test('PickleWriter writes text with its length in bytes', () => {
  assert.equal(hex(new PickleWriter().string('é')), '80025802000000c3a92e');
});

test('PickleWriter writes tuples of numbers and globals', () => {
  assert.equal(hex(new PickleWriter().ints([2, 3])), '8002284b024b03742e');
  assert.equal(hex(new PickleWriter().global('a', 'b')), '800263610a620a2e');
  assert.equal(hex(new PickleWriter().bytes(0x89, 0x88)), '800289882e');
});
