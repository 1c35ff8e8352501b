import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openPromise } from 'yauzl';
import { writeStoredZip } from '../../../scripts/synthetic/write-stored-zip.ts';

async function place(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'a.zip');
}

function entriesOf(sizes: readonly number[]) {
  return sizes.map((size, i) => ({
    name: `folder/${'x'.repeat(i)}${i}`,
    bytes: () => new Uint8Array(size).fill(i + 1),
  }));
}

test('writeStoredZip() writes what yauzl reads: names, bytes, no compression', async (t) => {
  const path = await place(t);
  const sizes = [0, 1, 63, 64, 65, 100_000];
  await writeStoredZip(path, entriesOf(sizes));
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  let i = 0;
  for await (const entry of zip.eachEntry()) {
    assert.equal(entry.fileName, `folder/${'x'.repeat(i)}${i}`);
    assert.equal(entry.compressionMethod, 0);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    assert.deepEqual(Buffer.concat(chunks), Buffer.alloc(sizes[i] ?? -1, i + 1));
    i++;
  }
  assert.equal(i, sizes.length);
  zip.close();
});

test('writeStoredZip() starts every entry at a multiple of 64 bytes', async (t) => {
  const path = await place(t);
  await writeStoredZip(path, entriesOf([3, 5, 64, 1, 200, 0, 9]));
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    assert.equal(fileDataStart % 64, 0, entry.fileName);
    count++;
  }
  assert.equal(count, 7);
  zip.close();
});

test('writeStoredZip() makes the same file of the same input', async (t) => {
  const path = await place(t);
  await writeStoredZip(path, entriesOf([10, 20]));
  const first = await readFile(path);
  await writeStoredZip(path, entriesOf([10, 20]));
  assert.deepEqual(await readFile(path), first);
});

test('writeStoredZip() makes an entry when its turn comes, and tells after each', async (t) => {
  const log: string[] = [];
  const entries = ['a', 'b'].map((name) => ({
    name,
    bytes: () => {
      log.push(name);
      return new Uint8Array(4);
    },
  }));
  await writeStoredZip(await place(t), entries, (written) => log.push(String(written)));
  assert.deepEqual(log, ['a', '1', 'b', '2']);
});

test('writeStoredZip() passes on what an entry throws', async (t) => {
  const failing = { name: 'a', bytes: () => assert.fail('no bytes') };
  await assert.rejects(writeStoredZip(await place(t), [failing]), /no bytes/);
});
