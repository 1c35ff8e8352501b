import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseManifest } from '../../../functions/model/manifest.ts';
import { refuseTooLarge } from '../../../functions/model/refuse-too-large.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';

test('refuseTooLarge() refuses int8 that was not measured, and nothing else', async () => {
  const manifest = parseManifest(await readFile(join(defaultModelFolder, 'manifest.json')));
  refuseTooLarge(manifest);
  refuseTooLarge({ ...manifest, dtype: 'fp32', heapBytes: null });
  assert.throws(() => refuseTooLarge({ ...manifest, heapBytes: null }), {
    code: 'model_integrity',
    message: /too large for an isolate.*run it in Node/,
  });
});
