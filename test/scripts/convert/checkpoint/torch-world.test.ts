import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InertObject } from '../../../../scripts/convert/checkpoint/pickle/pickle-world.ts';
import { unpickle } from '../../../../scripts/convert/checkpoint/pickle/unpickle.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import { TORCH_WORLD } from '../../../../scripts/convert/checkpoint/torch-world.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { PickleWriter } from '../../../../scripts/synthetic/pickle-writer.ts';

function read(pickle: PickleWriter): unknown {
  return unpickle(pickle.finish(), TORCH_WORLD);
}

function refused(pickle: PickleWriter, message: RegExp): void {
  assert.throws(
    () => read(pickle),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

function storage(pickle: PickleWriter, type = 'FloatStorage', name = '0'): PickleWriter {
  pickle.raw('(').string('storage').global('torch', type);
  return pickle.string(name).string('cpu').int(4).raw('tQ');
}

const EVIL = [
  ['os', 'system'],
  ['posix', 'system'],
  ['nt', 'system'],
  ['builtins', 'eval'],
  ['builtins', 'exec'],
  ['builtins', 'getattr'],
  ['__builtin__', 'eval'],
  ['subprocess', 'Popen'],
  ['torch.storage', '_load_from_bytes'],
  ['torch', 'load'],
  ['torch._utils', '_rebuild_tensor_v3'],
  ['collections', 'defaultdict'],
  ['constructor', 'constructor'],
  ['__proto__', 'toString'],
] as const;

for (const [module, name] of EVIL) {
  test(`TORCH_WORLD refuses ${module}.${name} by name, old and new spelling`, () => {
    const message = new RegExp(
      `asks for ${module}.${name}, and only these are allowed: collections`,
    );
    refused(new PickleWriter().global(module, name).raw('(').string('id').raw('tR'), message);
    refused(new PickleWriter().string(module).string(name).bytes(0x93), message);
  });
}

test('TORCH_WORLD refuses a forbidden global that nothing calls', () => {
  refused(new PickleWriter().raw('}').string('args').global('os', 'system').raw('s'), /os\.system/);
});

test('TORCH_WORLD shows names that could steer a terminal escaped', () => {
  refused(new PickleWriter().global('\x1b[2J', 'x'), /asks for "\\u001b\[2J\.x"/);
});

test('TORCH_WORLD keeps nothing of an argparse.Namespace, nested ones included', () => {
  const pickle = new PickleWriter().global('argparse', 'Namespace').raw(')').bytes(0x81).raw('}');
  pickle.string('inner').global('argparse', 'Namespace').raw(')').bytes(0x81).raw('}bsb');
  const value = read(pickle);
  assert.ok(value instanceof InertObject);
  assert.deepEqual(Object.keys(value), []);
});

test('TORCH_WORLD refuses a forbidden global inside a Namespace', () => {
  const pickle = new PickleWriter().global('argparse', 'Namespace').raw(')').bytes(0x81).raw('}');
  refused(pickle.string('x').global('builtins', 'eval').raw('sb'), /builtins\.eval/);
});

test('TORCH_WORLD unwraps parameters and sizes', () => {
  const parameter = new PickleWriter().global('torch._utils', '_rebuild_parameter').raw('(');
  parameter.global('torch._utils', '_rebuild_tensor_v2').raw('(');
  storage(parameter).int(0).ints([4]).ints([1]).raw('tR').int(0).raw('tR');
  const tensor = read(parameter);
  assert.ok(tensor instanceof TensorReference);
  assert.deepEqual(tensor.shape, [4]);
  const size = new PickleWriter().global('torch', 'Size').raw('(').ints([2, 3]).raw('tR');
  assert.deepEqual(read(size), [2, 3]);
});

test('TORCH_WORLD knows the ten storage classes by their number format', () => {
  const formats = [
    ['DoubleStorage', 'float64'],
    ['FloatStorage', 'float32'],
    ['HalfStorage', 'float16'],
    ['BFloat16Storage', 'bfloat16'],
    ['LongStorage', 'int64'],
    ['IntStorage', 'int32'],
    ['ShortStorage', 'int16'],
    ['CharStorage', 'int8'],
    ['ByteStorage', 'uint8'],
    ['BoolStorage', 'bool'],
  ] as const;
  for (const [type, dtype] of formats) {
    const value = read(storage(new PickleWriter(), type, '7'));
    assert.ok(value instanceof StorageReference);
    assert.equal(value.dtype, dtype);
    assert.equal(value.name, '7');
  }
  refused(storage(new PickleWriter(), 'ComplexFloatStorage'), /torch\.ComplexFloatStorage/);
});

test('TORCH_WORLD refuses to call a storage class', () => {
  refused(
    new PickleWriter().global('torch', 'FloatStorage').raw(')R'),
    /calls torch\.FloatStorage/,
  );
});

test('TORCH_WORLD refuses storage names that leave data/', () => {
  for (const name of ['../version', '0/../1', '', '.', 'a'.repeat(33)]) {
    refused(storage(new PickleWriter(), 'FloatStorage', name), /names no storage/);
  }
});

test('TORCH_WORLD refuses persistent ids that are no storages', () => {
  refused(new PickleWriter().int(1).raw('Q'), /no tensor storage/);
  refused(new PickleWriter().raw(')Q'), /no tensor storage/);
  const module = new PickleWriter().raw('(').string('module').global('torch', 'FloatStorage');
  refused(module.string('0').string('cpu').int(4).raw('tQ'), /no tensor storage/);
});
