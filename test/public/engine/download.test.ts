import assert from 'node:assert/strict';
import test from 'node:test';
import { createDownload } from '../../../public/engine/download.ts';
import type { Progress } from '../../../public/engine/local-engine.ts';

test('createDownload() shows nothing before a file is announced, then all that has come', () => {
  const shown: Progress[] = [];
  const download = createDownload((progress) => shown.push(progress));
  download.begin('kernels');
  download.add('kernels', 10);
  assert.deepEqual(shown, []);
  download.expect('kernels', 10);
  download.expect('shard', 100);
  download.add('shard', 30);
  download.add('shard', 70);
  assert.deepEqual(shown, [
    { done: 40, total: 110 },
    { done: 110, total: 110 },
  ]);
});

test('createDownload() counts a file that begins anew from nothing, and none beyond its size', () => {
  const shown: Progress[] = [];
  const download = createDownload((progress) => shown.push(progress));
  download.expect('shard', 100);
  download.add('shard', 90);
  download.begin('shard');
  download.add('shard', 20);
  download.add('shard', 200);
  assert.deepEqual(
    shown.map(({ done }) => done),
    [90, 20, 100],
  );
});
