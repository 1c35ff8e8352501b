import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unpickle } from '../../../../../scripts/convert/checkpoint/pickle/unpickle.ts';
import { stateDictOf } from '../../../../../scripts/convert/checkpoint/state-dict-of.ts';
import { TORCH_WORLD } from '../../../../../scripts/convert/checkpoint/torch-world.ts';
import { ConvertError } from '../../../../../scripts/convert/convert-error.ts';
import { PickleWriter } from '../../../../../scripts/synthetic/pickle-writer.ts';

/** No answer may take longer: what is refused is refused after as many bytes as it took to say it. */
const MAX_MS = 10_000;

/** Reads, and gives what it is refused for, or null. */
function refusal(bytes: Uint8Array): string | null {
  const start = performance.now();
  try {
    stateDictOf(unpickle(bytes, TORCH_WORLD));
    return null;
  } catch (error) {
    if (error instanceof ConvertError) return error.message;
    throw error;
  } finally {
    assert.ok(performance.now() - start < MAX_MS);
  }
}

function refused(pickle: PickleWriter, message: RegExp): void {
  const found = refusal(pickle.finish());
  assert.match(found ?? 'nothing', message);
  // Whatever a name or value is, the message stays one that a person can read.
  assert.ok((found ?? '').length < 1500, `${found?.length} characters`);
}

/** Opcodes again and again. */
function repeated(opcodes: readonly number[], times: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(opcodes.length * times, Uint8Array.from(opcodes)));
}

/** A tensor over storage 0 with anything in place of its shape, strides and offset. */
function tensorWith(write: (pickle: PickleWriter) => void, head: Uint8Array = new Uint8Array()) {
  const pickle = new PickleWriter()
    .bytes(...head)
    .raw('}')
    .string('a');
  pickle.global('torch._utils', '_rebuild_tensor_v2').raw('((').string('storage');
  pickle.global('torch', 'FloatStorage').string('0').string('cpu').int(6).raw('tQ');
  write(pickle);
  return pickle.raw('tRs');
}

test('unpickle() refuses lists nested by marks, and takes those by appending without recursion', () => {
  const marks = new PickleWriter();
  refused(marks.raw('('.repeat(100)), /nested deeper than 64/);
  // 100,000 lists, each in the next: TUPLE1 wraps what is on top.
  const wrapped = Buffer.concat([
    Buffer.of(0x80, 2, 0x5d),
    repeated([0x85], 100_000),
    Buffer.from('.'),
  ]);
  assert.match(refusal(wrapped) ?? '', /holds no tensors by name/);
});

test('unpickle() shows no value whose text would be endless: nested, shared, holding itself', () => {
  const message = /a list as a side, stride or offset of a tensor/;
  const deep = repeated([0x85], 50_000);
  refused(
    tensorWith((p) =>
      p.int(0).raw('(').raw('N').raw(Buffer.from(deep).toString('latin1')).raw('t').ints([1]),
    ),
    /cannot read the pickle/,
  );
  // Each list holds the one before it twice: 2^60 elements when written out.
  const doubling = (pickle: PickleWriter) => {
    pickle.int(0).raw('(').raw(']');
    for (let i = 0; i < 60; i++)
      pickle.raw('q').bytes(0).raw('0](h').bytes(0).raw('h').bytes(0).raw('e');
    return pickle.raw('t').ints([1]);
  };
  refused(tensorWith(doubling), message);
  const itself = (pickle: PickleWriter) =>
    pickle.int(0).raw('(](').raw('0]q').bytes(0).raw('h').bytes(0).raw('a').raw('t').ints([1]);
  assert.match(refusal(tensorWith(itself).finish()) ?? '', /cannot read the pickle/);
});

test('unpickle() refuses more values than a checkpoint has, however they are kept', () => {
  const million = 1_000_001;
  const bombs: readonly (readonly [string, readonly number[]])[] = [
    ['dicts on the stack', [0x7d]],
    ['dicts remembered, then dropped', [0x7d, 0x94, 0x30]],
    ['lists in a list', [0x5d, 0x61]],
    ['one value remembered under many numbers', [0x94]],
    ['one value recalled', [0x68, 0, 0x30]],
  ];
  for (const [what, opcodes] of bombs) {
    const bytes = Buffer.concat([
      Buffer.of(0x80, 4, 0x5d, 0x71, 0),
      repeated(opcodes, million),
      Buffer.from('.'),
    ]);
    assert.match(refusal(bytes) ?? what, /more than 1000000 values/, what);
  }
});

test('unpickle() refuses announced lengths that are not there before it reserves memory', () => {
  const lengths = fc.bigInt({ min: 2n ** 16n, max: 2n ** 64n - 1n });
  const before = process.memoryUsage().arrayBuffers;
  fc.assert(
    fc.property(
      lengths,
      fc.constantFrom('X', 'B', '\u008d', '\u008e', '\u008b'),
      (length, opcode) => {
        const word = Buffer.alloc(8);
        word.writeBigUInt64LE(opcode < '\u0080' ? (length % 2n ** 31n) + 2n ** 16n : length);
        const bytes = Buffer.concat([
          Buffer.of(0x80, 4),
          Buffer.from(opcode, 'latin1'),
          opcode === '\u008d' || opcode === '\u008e' ? word : word.subarray(0, 4),
          Buffer.alloc(32),
        ]);
        assert.match(refusal(bytes) ?? '', /announces \d+ bytes|an int of \d+ bytes/);
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(process.memoryUsage().arrayBuffers - before < 2 ** 24);
});

test('unpickle() refuses any global that is not on the list, called or not, and calls nothing', () => {
  const name = fc.stringMatching(/^[A-Za-z_][\w.]{0,300}$/);
  fc.assert(
    fc.property(name, name, fc.boolean(), (module, attribute, old) => {
      const pickle = new PickleWriter();
      if (old) pickle.global(module, attribute);
      else pickle.string(module).string(attribute).bytes(0x93);
      refused(pickle.raw(')R'), /asks for |does not end within/);
    }),
    { numRuns: 300 },
  );
});

test('unpickle() refuses any side, stride or offset that is no small count', () => {
  const bad = fc.oneof(
    fc.integer({ min: 2 ** 31, max: 2 ** 40 }),
    fc.integer({ min: -(2 ** 31), max: -1 }),
    fc.double({ noInteger: true }),
  );
  const place = fc.constantFrom('offset', 'shape', 'strides');
  fc.assert(
    fc.property(bad, place, (value, where) => {
      const number = (pickle: PickleWriter, here: boolean) =>
        here ? pickle.raw('G').bytes(...float64(value)) : pickle.int(1);
      const pickle = tensorWith((p) => {
        number(p, where === 'offset').raw('(');
        number(p, where === 'shape').raw('t(');
        number(p, where === 'strides').raw('t');
      });
      refused(pickle, /as a side, stride or offset of a tensor/);
    }),
    { numRuns: 500 },
  );
});

function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}
