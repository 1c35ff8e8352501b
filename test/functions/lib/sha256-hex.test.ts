import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import { sha256Hex } from '../../../functions/lib/sha256-hex.ts';

test('sha256Hex() gives the published value for "abc" (FIPS 180-2, appendix B.1)', async () => {
  assert.equal(
    await sha256Hex(new TextEncoder().encode('abc')),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('sha256Hex() of shared memory is that of the same bytes', async () => {
  const bytes = new Uint8Array(randomBytes(100));
  const shared = new Uint8Array(new SharedArrayBuffer(100));
  shared.set(bytes);
  assert.equal(await sha256Hex(shared), await sha256Hex(bytes));
});

test('sha256Hex() of a view covers the view alone', async () => {
  const bytes = new Uint8Array(randomBytes(1000));
  const view = bytes.subarray(100, 900);
  assert.equal(await sha256Hex(view), createHash('sha256').update(view).digest('hex'));
});
