import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readTensor } from '../../../../../scripts/convert/checkpoint/read-tensor.ts';
import { openTorchLegacy } from '../../../../../scripts/convert/checkpoint/weights/open-torch-legacy.ts';
import { ConvertError } from '../../../../../scripts/convert/convert-error.ts';
import { pickleStateDict } from '../../../../../scripts/synthetic/pickle-state-dict.ts';
import { PickleWriter } from '../../../../../scripts/synthetic/pickle-writer.ts';
import { storageWith, temporaryFolder } from '../temporary-checkpoint.ts';
import { joinLegacy, type LegacyParts, legacyParts, withCount } from './write-torch-legacy.ts';

const FLOATS = storageWith('float32', Float32Array.of(1, 2, 3, 4, 5, 6));
const HALVES = storageWith('float16', Uint16Array.of(0x3c00, 0xc000));
const TENSORS = [
  { key: 'plain', shape: [2, 3], storage: FLOATS },
  { key: 'inner', shape: [2], offset: 3, storage: FLOATS },
  { key: 'halves', shape: [2], storage: HALVES },
];

function good(): LegacyParts {
  const pickle = new PickleWriter();
  pickleStateDict(pickle, TENSORS, [FLOATS, HALVES]);
  return legacyParts(pickle.finish(), [FLOATS, HALVES]);
}

async function fileOf(context: TestContext, bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(context), 'model.pt');
  await writeFile(path, bytes);
  return path;
}

async function refused(
  context: TestContext,
  changes: Partial<LegacyParts>,
  message: RegExp,
): Promise<void> {
  const path = await fileOf(context, joinLegacy({ ...good(), ...changes }));
  assert.throws(
    () => openTorchLegacy(path),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

test('openTorchLegacy() reads tensors of several formats and shared storages', async (t) => {
  const file = openTorchLegacy(await fileOf(t, joinLegacy(good())));
  const read = (key: string) => {
    const reference = file.tensors.get(key);
    assert.ok(reference !== undefined);
    return [...readTensor({ reference, source: file.source })];
  };
  assert.equal(file.form, 'torch before 1.6');
  assert.deepEqual([...file.tensors.keys()], ['plain', 'inner', 'halves']);
  assert.deepEqual(read('plain'), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(read('inner'), [4, 5]);
  assert.deepEqual(read('halves'), [1, -2]);
  assert.equal(file.source.storageBytes('7'), null);
  assert.throws(() => file.source.readStorage('7'), /no storage 7/);
  file.close();
});

test('openTorchLegacy() refuses every truncation', async (t) => {
  const whole = joinLegacy(good());
  const path = await fileOf(t, whole);
  for (let length = 0; length < whole.length; length += 3) {
    await writeFile(path, whole.subarray(0, length));
    assert.throws(() => openTorchLegacy(path), ConvertError, `${length}`);
  }
});

test('openTorchLegacy() refuses a pickle that is none of torch.save, and another version of it', async (t) => {
  const number = (value: number) => new PickleWriter().int(value).finish();
  await refused(t, { magic: number(3) }, /a pickle, but not one of torch\.save/);
  await refused(t, { version: number(1002) }, /version 1002, supported is 1001/);
});

test('openTorchLegacy() refuses a storage that reaches past the end, however long it claims to be', async (t) => {
  const { storages } = good();
  const [first = new Uint8Array()] = storages;
  for (const count of [7, 2 ** 40, 2 ** 63]) {
    const long = withCount(count, first.subarray(8));
    await refused(t, { storages: [long] }, /storage 0 announces \d+ numbers \(float32\), 24 bytes/);
  }
});

test('openTorchLegacy() refuses a storage that is too short for its tensor', async (t) => {
  const short = withCount(5, new Uint8Array(20));
  await refused(
    t,
    { storages: [short, withCount(2, new Uint8Array(4))] },
    /tensor plain: it needs 24 bytes \(float32\) of its storage data\/0, which has 20/,
  );
});

test('openTorchLegacy() refuses names of storages that no tensor has, twice, or that are missing', async (t) => {
  const names = (...list: string[]) => {
    const pickle = new PickleWriter().raw('](');
    for (const name of list) pickle.string(name);
    return pickle.raw('e').finish();
  };
  await refused(t, { names: names('0', '9') }, /names 9, which no tensor speaks of/);
  await refused(t, { names: names('0', '0') }, /names 0, which .* was named before/);
  await refused(t, { names: names('0') }, /storage data\/1 is not in the file/);
});

test('openTorchLegacy() refuses a storage of two number formats', async (t) => {
  const pickle = new PickleWriter();
  const longs = { ...FLOATS, dtype: 'int64' as const };
  const tensors = [
    { key: 'a', shape: [2], storage: FLOATS },
    { key: 'b', shape: [2], storage: longs },
  ];
  pickleStateDict(pickle, tensors, [FLOATS]);
  const same = Buffer.from(pickle.finish());
  // The second storage is not in the list, so it has no name; it gets the first one's.
  const renamed = Buffer.concat([
    same.subarray(0, same.lastIndexOf('LongStorage') + 12),
    Buffer.from([0x58, 1, 0, 0, 0, 0x30]),
    same.subarray(same.lastIndexOf('LongStorage') + 12 + 5),
  ]);
  await refused(t, { objects: renamed }, /storage 0 is float32 and int64/);
});

test('openTorchLegacy() refuses storages that are parts of others', async (t) => {
  const pickle = new PickleWriter().raw('}').string('a');
  pickle.global('torch._utils', '_rebuild_tensor').raw('((').string('storage');
  pickle.global('torch', 'FloatStorage').string('0').string('cpu').int(6);
  pickle.raw('(').string('1').int(0).int(6).raw('ttQ').int(0).ints([6]).ints([1]).raw('tRs');
  await refused(t, { objects: pickle.finish() }, /storage 0 is a part of another/);
});
