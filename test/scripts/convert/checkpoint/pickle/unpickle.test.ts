import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  InertObject,
  PickleGlobal,
  type PickleWorld,
} from '../../../../../scripts/convert/checkpoint/pickle/pickle-world.ts';
import { unpickle } from '../../../../../scripts/convert/checkpoint/pickle/unpickle.ts';
import { ConvertError } from '../../../../../scripts/convert/convert-error.ts';
import { PickleWriter } from '../../../../../scripts/synthetic/pickle-writer.ts';

const WORLD: PickleWorld = {
  global: (module, name) => {
    if (name === 'bare') return new PickleGlobal(name, () => new InertObject());
    return new PickleGlobal(`${module}.${name}`, (args) => ['called', module, name, ...args]);
  },
  persistent: (id) => ['persistent', id],
};

function fromHex(hex: string): unknown {
  return unpickle(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')), WORLD);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

function refused(bytes: Uint8Array, message: RegExp): void {
  assert.throws(
    () => unpickle(bytes, WORLD),
    (error: unknown) => {
      assert.ok(error instanceof ConvertError);
      assert.match(error.message, message);
      return true;
    },
  );
}

/** `pickle.dumps({'a': [1, -2, 70000, 2**40, True, None, 1.5, 'é', b'xy'], 'b': (1, (2, 3), ())}, n)`, CPython 3.11.2. */
const GOLDENS = {
  3: '80037d71002858010000006171015d7102284b014afeffffff4a701101008a06000000000001884e473ff80000000000005802000000c3a971034302787971046558010000006271054b014b024b0386710629877107752e',
  4: '80049545000000000000007d94288c0161945d94284b014afeffffff4a701101008a06000000000001884e473ff80000000000008c02c3a9944302787994658c0162944b014b024b038694298794752e',
  5: '80059545000000000000007d94288c0161945d94284b014afeffffff4a701101008a06000000000001884e473ff80000000000008c02c3a9944302787994658c0162944b014b024b038694298794752e',
};

/** The same without its bytes, which protocol 2 spells as a call of `_codecs.encode`. */
const GOLDEN_2 =
  '80027d71002858010000006171015d7102284b014afeffffff4a701101008a06000000000001884e473ff80000000000005802000000c3a971036558010000006271044b014b024b0386710529877106752e';

test('unpickle() reads what CPython writes in protocols 2 to 5', () => {
  const list = [1, -2, 70000, 2 ** 40, true, null, 1.5, 'é'];
  const tuple = [1, [2, 3], []];
  const value = fromHex(GOLDEN_2);
  assert.ok(value instanceof Map);
  assert.deepEqual(
    [...value.entries()],
    [
      ['a', list],
      ['b', tuple],
    ],
  );
  for (const golden of Object.values(GOLDENS)) {
    const value = fromHex(golden);
    assert.ok(value instanceof Map);
    assert.deepEqual(value.get('a'), [...list, Uint8Array.from([0x78, 0x79])]);
    assert.deepEqual(value.get('b'), tuple);
  }
});

test('unpickle() reads long ints of any sign and keeps those past 2^53 exact', () => {
  assert.equal(fromHex('80028a00 2e'), 0);
  assert.equal(fromHex('80028a01ff2e'), -1);
  assert.equal(fromHex('80028a02ff002e'), 255);
  assert.equal(fromHex('80028a090000000000000000402e'), 2n ** 70n);
});

test('unpickle() hands calls and persistent ids to the world, old and new spelling', () => {
  assert.deepEqual(unpickle(ascii('\x80\x02cmod\nname\nK\x07\x85R.'), WORLD), [
    'called',
    'mod',
    'name',
    7,
  ]);
  assert.deepEqual(unpickle(ascii('\x80\x04\x8c\x03mod\x8c\x04name\x93K\x07\x85\x81.'), WORLD), [
    'called',
    'mod',
    'name',
    7,
  ]);
  assert.deepEqual(unpickle(ascii('\x80\x02K\x05Q.'), WORLD), ['persistent', 5]);
});

test('unpickle() drops attributes of dicts and inert objects, and refuses them elsewhere', () => {
  assert.deepEqual(unpickle(ascii('\x80\x02}}b.'), WORLD), new Map());
  assert.ok(unpickle(ascii('\x80\x02cm\nbare\n)\x81}b.'), WORLD) instanceof InertObject);
  refused(ascii('\x80\x02]}b.'), /attributes/);
});

test('unpickle() keeps __proto__ an ordinary key', () => {
  const value = unpickle(
    new PickleWriter().raw('}').string('__proto__').int(1).raw('s').finish(),
    WORLD,
  );
  assert.deepEqual(value, new Map([['__proto__', 1]]));
});

test('unpickle() refuses an unknown opcode by number and place', () => {
  refused(ascii('\x80\x02\xff.'), /unknown opcode 0xff, at byte 3/);
  // EXT1, INST, PERSID, NEXT_BUFFER: in the standard, never in a checkpoint.
  for (const opcode of ['\x82', 'i', 'P', '\x97'])
    refused(ascii(`\x80\x02${opcode}`), /unknown opcode/);
});

test('unpickle() refuses a newer protocol', () => {
  refused(ascii('\x80\x06N.'), /protocol 6, at most 5/);
});

test('unpickle() refuses marks nested deeper than 64', () => {
  assert.deepEqual(unpickle(ascii(`${'('.repeat(64)}${'t'.repeat(64)}.`), WORLD), nested(64));
  refused(ascii(`${'('.repeat(65)}${'t'.repeat(65)}.`), /nested deeper than 64/);
});

test('unpickle() builds a list nested a hundred thousand times without recursion', () => {
  const bytes = ascii(`${']'.repeat(100_000)}${'a'.repeat(99_999)}.`);
  assert.ok(Array.isArray(unpickle(bytes, WORLD)));
});

test('unpickle() refuses more than a million values on the stack', () => {
  refused(ascii(`${'N'.repeat(1_000_001)}.`), /1000000 values/);
});

test('unpickle() refuses lengths past the end before it reserves memory', () => {
  refused(ascii('\x80\x02X\xff\xff\xff\x7fabc.'), /announces 2147483647 bytes, 4 are left/);
  refused(ascii('\x80\x02B\xff\xff\xff\xffabc.'), /announces 4294967295 bytes/);
  refused(ascii('\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\xffabc.'), /announces \d+ bytes/);
  refused(ascii('\x80\x02\x8b\xff\xff\xff\x7f.'), /an int of 2147483647 bytes/);
});

test('unpickle() refuses every truncation of a good pickle', () => {
  const whole = new PickleWriter().raw('}(').string('key').ints([1, 300, 70_000]).raw('u').finish();
  unpickle(whole, WORLD);
  for (let length = 0; length < whole.length; length++) {
    refused(whole.subarray(0, length), /cannot read the pickle/);
  }
});

test('unpickle() refuses operands of the wrong kind', () => {
  refused(ascii('K\x01K\x02R.'), /no allowed global is called/);
  refused(ascii('cm\nn\nK\x02R.'), /no allowed global is called/);
  refused(ascii('K\x01K\x02a.'), /no list/);
  refused(ascii(']K\x01K\x02s.'), /no dict/);
  refused(ascii('}(K\x01u.'), /key without a value/);
  refused(ascii('K\x01K\x02\x93.'), /name of a global is no text/);
});

test('unpickle() refuses to reach below a mark, past the stack, or an empty memo slot', () => {
  refused(ascii('K\x01(0.'), /stack is empty/);
  refused(ascii('.'), /stack is empty/);
  refused(ascii('t.'), /no mark/);
  refused(ascii('h\x00.'), /nothing is remembered as 0/);
});

test('unpickle() refuses text that is no UTF-8 and lines that do not end', () => {
  refused(ascii('\x8c\x01\xff.'), /not UTF-8/);
  refused(ascii(`c${'a'.repeat(300)}\nb\n.`), /does not end within 256 bytes/);
  refused(ascii('cabc'), /does not end/);
});

function nested(depth: number): unknown {
  let value: unknown[] = [];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}
