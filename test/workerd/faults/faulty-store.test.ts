import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredBlob } from '../../../functions/model/shard-store.ts';
import type { Fault, FaultPlan } from './fault.ts';
import { createFaultSchedule } from './fault-schedule.ts';
import { CHUNK_BYTES, createFaultyStore, type ReadableBucket } from './faulty-store.ts';

const BYTES = Uint8Array.from({ length: 2.5 * CHUNK_BYTES }, (_, i) => i % 251);
const OTHER = Uint8Array.of(1, 2, 3);
const bucket: ReadableBucket = {
  async get(key) {
    const bytes = new Map([
      ['a', BYTES],
      ['b', OTHER],
    ]).get(key);
    return bytes === undefined ? null : new Response(bytes);
  },
};

function storeWith(plan: FaultPlan) {
  return createFaultyStore(bucket, createFaultSchedule(plan));
}

async function bytesOf(blob: StoredBlob | null): Promise<Uint8Array> {
  const reader = (blob ?? assert.fail('nothing there')).body.getReader();
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return new Uint8Array(Buffer.concat(parts));
    parts.push(value);
  }
}

/** Size and body of `a` when this befalls it. */
async function readWith(fault: Fault): Promise<{ size: number; bytes: Uint8Array }> {
  const blob = await storeWith({ always: fault }).get('a');
  return { size: blob?.size ?? -1, bytes: await bytesOf(blob) };
}

describe('createFaultyStore()', () => {
  it('hands on what nothing befalls, and notes what was read', async () => {
    const store = storeWith({});
    assert.deepEqual(await bytesOf(await store.get('a')), BYTES);
    assert.equal(await store.get('c'), null);
    assert.deepEqual(store.reads, ['a', 'c']);
  });

  it('changes the object: truncated, longer, another, a bit flipped', async () => {
    const { length } = BYTES;
    const short = await readWith({ kind: 'truncate', bytes: 5 });
    assert.deepEqual([short.size, short.bytes], [length - 5, BYTES.slice(0, -5)]);
    const long = await readWith({ kind: 'extend', bytes: 5 });
    assert.deepEqual([long.size, long.bytes.length], [length + 5, length + 5]);
    assert.deepEqual((await readWith({ kind: 'swap', with: 'b' })).bytes, OTHER);
    for (const bit of [0, 9, -1]) {
      const { bytes } = await readWith({ kind: 'flip', bit });
      const at = bit < 0 ? length - 1 : bit >> 3;
      const mask = 1 << (bit < 0 ? 7 : bit & 7);
      assert.equal(bytes[at], (BYTES[at] ?? 0) ^ mask);
      assert.equal(bytes.filter((byte, i) => byte !== BYTES[i]).length, 1);
    }
  });

  it('changes the body alone: it ends early, or fails half-way', async () => {
    const { size, bytes } = await readWith({ kind: 'break', bytes: 5 });
    assert.deepEqual([size, bytes.length], [BYTES.length, BYTES.length - 5]);
    await assert.rejects(readWith({ kind: 'error', message: 'lost', at: 0.5 }), {
      message: 'lost',
    });
  });

  it('refuses, finds nothing, or says nothing', async () => {
    await assert.rejects(readWith({ kind: 'error', message: '(10001)' }), { message: '(10001)' });
    assert.equal(await storeWith({ always: { kind: 'missing' } }).get('a'), null);
    const silent = storeWith({ always: { kind: 'silence' } }).get('a');
    const stalled = bytesOf(await storeWith({ always: { kind: 'stall', at: 0.5 } }).get('a'));
    const soon = new Promise((resolve) => setTimeout(resolve, 20, 'nothing yet'));
    assert.equal(await Promise.race([silent, stalled, soon]), 'nothing yet');
  });
});

describe('createFaultSchedule()', () => {
  const missing: Fault = { kind: 'missing' };

  it('uses up the list of a key, and goes on with what is for all', () => {
    const next = createFaultSchedule({
      byKey: { a: [missing, null] },
      always: { kind: 'silence' },
    });
    const kinds = ['a', 'a', 'a', 'b'].map((key) => next(key)?.kind);
    assert.deepEqual(kinds, ['missing', undefined, 'silence', 'silence']);
  });

  it('is random as often as told, the same for a seed in whatever order keys are read', () => {
    const plan = { random: { seed: 7, probability: 0.3, faults: [missing] } };
    const [one, two] = [createFaultSchedule(plan), createFaultSchedule(plan)];
    const keys = Array.from({ length: 1000 }, (_, i) => `${i}`);
    const found = keys.map((key) => one(key) !== null);
    const backwards = keys.toReversed().map((key) => two(key) !== null);
    assert.deepEqual(backwards.toReversed(), found);
    const share = found.filter(Boolean).length / keys.length;
    // Four standard deviations.
    assert.ok(Math.abs(share - 0.3) < 0.06, `${share}`);
  });
});
