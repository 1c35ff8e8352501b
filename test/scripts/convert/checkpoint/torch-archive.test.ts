import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { openTorchArchive } from '../../../../scripts/convert/checkpoint/torch-archive.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { writeStoredZip } from '../../../../scripts/synthetic/write-stored-zip.ts';
import { temporaryFolder } from './temporary-checkpoint.ts';

const NUMBERS = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

async function zipOf(
  context: TestContext,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  const path = join(await temporaryFolder(context), 'weights.bin');
  const entries = Object.entries(files).map(([name, bytes]) => ({ name, bytes: () => bytes }));
  await writeStoredZip(path, entries);
  return path;
}

function good(context: TestContext): Promise<string> {
  return zipOf(context, { 'a/data.pkl': text('pickle'), 'a/data/0': NUMBERS });
}

function refusal(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof ConvertError && message.test(error.message);
}

test('openTorchArchive() reads the pickle and any storage, in any order and again', async (t) => {
  const archive = await openTorchArchive(await good(t));
  assert.deepEqual(archive.pickle, text('pickle'));
  assert.equal(archive.bigEndian, false);
  assert.equal(archive.storageBytes('0'), 1000);
  assert.equal(archive.storageBytes('1'), null);
  assert.deepEqual(archive.readStorage('0'), NUMBERS);
  assert.deepEqual(archive.readStorage('0'), NUMBERS);
  assert.throws(() => archive.readStorage('1'), refusal(/an entry is missing/));
  archive.close();
});

test('openTorchArchive() takes any name, or none, for the folder inside', async (t) => {
  for (const root of ['', 'archive/', 'deep/er/']) {
    const path = await zipOf(t, { [`${root}data.pkl`]: text('p'), [`${root}data/0`]: NUMBERS });
    const archive = await openTorchArchive(path);
    assert.equal(archive.storageBytes('0'), 1000);
    archive.close();
  }
});

test('openTorchArchive() heeds the byte order', async (t) => {
  for (const order of ['little', 'big']) {
    const path = await zipOf(t, { 'a/data.pkl': text('p'), 'a/byteorder': text(order) });
    const archive = await openTorchArchive(path);
    assert.equal(archive.bigEndian, order === 'big');
    archive.close();
  }
});

test('openTorchArchive() refuses a zip without data.pkl, and one with two', async (t) => {
  const none = await zipOf(t, { 'a/data/0': NUMBERS });
  await assert.rejects(openTorchArchive(none), refusal(/0 files named data\.pkl/));
  const two = await zipOf(t, { 'a/data.pkl': text('p'), 'b/data.pkl': text('p') });
  await assert.rejects(openTorchArchive(two), refusal(/2 files named data\.pkl/));
});

test('openTorchArchive() refuses names that climb out of the zip', async (t) => {
  const path = await zipOf(t, { '../data.pkl': text('p') });
  await assert.rejects(openTorchArchive(path), refusal(/\.\./));
});

test('openTorchArchive() refuses what is no zip, with advice', async (t) => {
  const path = join(await temporaryFolder(t), 'weights.pt');
  await writeFile(path, Uint8Array.of(0x80, 0x02, 0x8a, 0x0a));
  await assert.rejects(openTorchArchive(path), refusal(/as a torch zip: .*truncated download\?/));
  await assert.rejects(openTorchArchive(`${path}.not`), refusal(/ENOENT/));
});

test('openTorchArchive() refuses every truncation', async (t) => {
  const path = await good(t);
  const whole = await readFile(path);
  for (let length = 0; length < whole.length; length += 7) {
    await writeFile(path, whole.subarray(0, length));
    await assert.rejects(openTorchArchive(path), refusal(/as a torch zip/));
  }
});

test('readStorage() reads what another program compressed, and refuses what unpacks to more than announced', async (t) => {
  const path = await good(t);
  const bytes = await readFile(path);
  const header = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  const packed = deflateRawSync(NUMBERS);
  packed.copy(bytes, bytes.indexOf(Buffer.from(NUMBERS)));
  bytes.writeUInt16LE(8, header + 10);
  bytes.writeUInt32LE(packed.length, header + 20);
  await writeFile(path, bytes);
  const archive = await openTorchArchive(path);
  assert.deepEqual(archive.readStorage('0'), NUMBERS);
  archive.close();
  bytes.writeUInt32LE(900, header + 24);
  await writeFile(path, bytes);
  const bomb = await openTorchArchive(path);
  assert.throws(() => bomb.readStorage('0'), refusal(/as a torch zip: .*900/));
  bomb.close();
  bytes.writeUInt16LE(12, header + 10);
  await writeFile(path, bytes);
  const other = await openTorchArchive(path);
  assert.throws(() => other.readStorage('0'), refusal(/compressed in another way/));
  other.close();
});

test('readStorage() refuses a flipped bit', async (t) => {
  const path = await good(t);
  const bytes = await readFile(path);
  const place = bytes.indexOf(Buffer.from(NUMBERS)) + 500;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const archive = await openTorchArchive(path);
  assert.throws(() => archive.readStorage('0'), refusal(/data\/0 is damaged: its CRC-32 differs/));
  archive.close();
});

test('readStorage() refuses a length that runs past the end of the file', async (t) => {
  const path = await good(t);
  const bytes = await readFile(path);
  // The central header of data/0 is the last before the end record; its two lengths stand at 20 and 24.
  const header = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bytes.writeUInt32LE(500_000_000, header + 20);
  bytes.writeUInt32LE(500_000_000, header + 24);
  await writeFile(path, bytes);
  const archive = await openTorchArchive(path);
  assert.throws(() => archive.readStorage('0'), refusal(/500000000 bytes at \d+ are wanted/));
  archive.close();
});

test('readStorage() refuses more than 1 GiB before it reserves memory', async (t) => {
  const path = await good(t);
  const bytes = await readFile(path);
  const header = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bytes.writeUInt32LE(4_000_000_000, header + 20);
  bytes.writeUInt32LE(4_000_000_000, header + 24);
  await writeFile(path, bytes);
  const archive = await openTorchArchive(path);
  assert.throws(() => archive.readStorage('0'), refusal(/4000000000 bytes, at most 1073741824/));
  archive.close();
});
