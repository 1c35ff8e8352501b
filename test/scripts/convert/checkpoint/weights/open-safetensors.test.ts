import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { readTensor } from '../../../../../scripts/convert/checkpoint/read-tensor.ts';
import { openSafetensors } from '../../../../../scripts/convert/checkpoint/weights/open-safetensors.ts';
import { ConvertError } from '../../../../../scripts/convert/convert-error.ts';
import { storageWith, temporaryFolder } from '../temporary-checkpoint.ts';
import { joinSafetensors, safetensorsParts } from './write-safetensors.ts';

const TENSORS = [
  { key: 'a', shape: [2, 3], storage: storageWith('float32', Float32Array.of(1, 2, 3, 4, 5, 6)) },
  { key: 'b', shape: [2], storage: storageWith('bfloat16', Uint16Array.of(0x3f80, 0xc040)) },
  { key: 'none', shape: [0, 4], storage: storageWith('float32', new Float32Array()) },
  { key: 'scalar', shape: [], storage: storageWith('int64', BigInt64Array.of(-7n)) },
];
const { header: HEADER, data: DATA } = safetensorsParts(TENSORS);

async function fileOf(context: TestContext, bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(context), 'model.safetensors');
  await writeFile(path, bytes);
  return path;
}

async function refused(context: TestContext, header: unknown, message: RegExp): Promise<void> {
  const path = await fileOf(context, joinSafetensors(header, DATA));
  assert.throws(
    () => openSafetensors(path),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

function entry(changes: object): object {
  return { ...HEADER, a: { ...HEADER.a, ...changes } };
}

test('openSafetensors() reads tensors of several formats, and passes over the metadata', async (t) => {
  const header = { __metadata__: { format: 'pt' }, ...HEADER };
  const file = openSafetensors(await fileOf(t, joinSafetensors(header, DATA)));
  const read = (key: string) => {
    const reference = file.tensors.get(key);
    assert.ok(reference !== undefined);
    return [...readTensor({ reference, source: file.source })];
  };
  assert.deepEqual([...file.tensors.keys()], ['a', 'b', 'none', 'scalar']);
  assert.deepEqual(file.tensors.get('a')?.shape, [2, 3]);
  assert.deepEqual(read('a'), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(read('b'), [1, -3]);
  assert.deepEqual(read('none'), []);
  assert.deepEqual(read('scalar'), [-7]);
  assert.equal(file.source.storageBytes('z'), null);
  assert.throws(() => file.source.readStorage('z'), /no tensor z/);
  file.close();
});

test('openSafetensors() refuses every truncation, and bytes behind the last tensor', async (t) => {
  const whole = joinSafetensors(HEADER, DATA);
  const path = await fileOf(t, whole);
  for (let length = 0; length < whole.length; length += 3) {
    await writeFile(path, whole.subarray(0, length));
    assert.throws(() => openSafetensors(path), ConvertError, `${length}`);
  }
  await writeFile(path, Buffer.concat([whole, Buffer.of(0)]));
  assert.throws(() => openSafetensors(path), /its tensors end at 36, and 37 bytes/);
});

test('openSafetensors() refuses a header that is too long before it reserves memory', async (t) => {
  const path = await fileOf(t, new Uint8Array(64).fill(0xff));
  assert.throws(() => openSafetensors(path), /a header of 18446744073709552000 bytes, at most/);
});

test('openSafetensors() refuses tensors that overlap, leave holes, or lie outside', async (t) => {
  await refused(t, entry({ data_offsets: [4, 28] }), /tensor a: its numbers lie at 4 to 28/);
  await refused(
    t,
    entry({ data_offsets: [0, 20] }),
    /tensor b: its numbers lie at 24 to 28, .* ends at 20/,
  );
  await refused(t, entry({ data_offsets: [0, 99] }), /lie at 0 to 99/);
  await refused(t, entry({ data_offsets: [24, 0] }), /lie at 24 to 0/);
  await refused(t, { ...HEADER, z: { ...HEADER.a } }, /tensor (a|z): its numbers lie at 0 to 24/);
});

test('openSafetensors() refuses a shape that its bytes do not fill, and an unknown number format', async (t) => {
  await refused(t, entry({ shape: [2, 4] }), /tensor a: \[2, 4\] of float32 needs 32 bytes, 24/);
  await refused(t, entry({ shape: [2 ** 40, 2 ** 40] }), /tensor a: \d.* numbers, at most/);
  await refused(t, entry({ dtype: 'F8_E4M3' }), /number format F8_E4M3, supported are F64, F32/);
});

test('openSafetensors() refuses a header that is none', async (t) => {
  await refused(t, '{"a": ', /its header is no JSON/);
  await refused(t, '[]3', /its header is no JSON/);
  await refused(t, 'null', /its header is no JSON object/);
  await refused(t, { a: 3 }, /tensor a: /);
  await refused(t, entry({ shape: [-1] }), /tensor a: /);
  await refused(t, entry({ data_offsets: [0.5, 24] }), /tensor a: /);
  await refused(t, entry({ shape: new Array(9).fill(1) }), /tensor a: /);
  await refused(t, { '\u001b[2J': 3 }, /tensor "\\u001b\[2J"/);
});

test('openSafetensors() answers any damage to a good file with tensors or a ConvertError', async (t) => {
  const good = joinSafetensors(HEADER, DATA);
  const path = await fileOf(t, good);
  const change = fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
      const bytes = Buffer.from(good);
      for (const [at, value] of changes) bytes[at] = value;
      await writeFile(path, bytes);
      try {
        const file = openSafetensors(path);
        for (const reference of file.tensors.values())
          readTensor({ reference, source: file.source });
        file.close();
      } catch (error) {
        if (!(error instanceof ConvertError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});
