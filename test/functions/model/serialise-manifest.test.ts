import assert from 'node:assert/strict';
import test from 'node:test';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import { fakeModel } from './fake-model.ts';

test('serialiseManifest() writes the same bytes for the same manifest', () => {
  assert.deepEqual(
    serialiseManifest(fakeModel().manifest),
    serialiseManifest(fakeModel().manifest),
  );
});

test('serialiseManifest() writes JSON that names format and version and ends in a newline', () => {
  const text = new TextDecoder().decode(serialiseManifest(fakeModel().manifest));
  assert.match(text, /^\{\n {2}"format": "edge-entail-model",\n {2}"version": 4,\n/);
  assert.ok(text.endsWith('}\n'));
});

test('serialiseManifest() refuses to write what parseManifest() would refuse to read', () => {
  const { manifest } = fakeModel();
  assert.throws(() => serialiseManifest({ ...manifest, name: 'x'.repeat(65536) }), {
    code: 'model_integrity',
    message: /at most 65536/,
  });
});
