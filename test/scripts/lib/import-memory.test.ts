import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { codecModules } from '../../../scripts/lib/codec-modules.ts';
import { growThrough, importMemory } from '../../../scripts/lib/import-memory.ts';

const PREAMBLE = [0, 97, 115, 109, 1, 0, 0, 0];
/** Type 0, `(i32) -> i32`. */
const TYPES = [1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f];
/** Function 0, `e.f`. */
const IMPORTS = [2, 7, 1, 1, 101, 1, 102, 0, 0];
const FUNCTIONS = [3, 2, 1, 0];
/** One page at least, two at most. */
const MEMORY = [5, 4, 1, 1, 1, 2];
/** Function 1 as `g`, the memory as `m`. */
const EXPORTS = [7, 9, 2, 1, 103, 0, 1, 1, 109, 2, 0];
/** `local.get 0, memory.grow`, so many times. */
const code = (times: number) => {
  const grows = Array.from({ length: times }, () => [0x40, 0]).flat();
  const body = [0, 0x20, 0, ...grows, 0x0b];
  return [10, body.length + 2, 1, body.length, ...body];
};
const module = (...sections: number[][]) => Uint8Array.from([...PREAMBLE, ...sections.flat()]);
const growing = (times: number) => module(TYPES, IMPORTS, FUNCTIONS, MEMORY, EXPORTS, code(times));

function instantiate(bytes: Uint8Array<ArrayBuffer>, f: (n: number) => number) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const imports = { e: { f }, edge: { memory } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  const { g } = exports;
  assert.ok(typeof g === 'function');
  return { memory, exports, grow: (n: number): unknown => g(n) };
}

describe('importMemory()', () => {
  it('makes a module work in memory that it is given', () => {
    const { memory, exports, grow } = instantiate(importMemory(growing(1)), () => 7);
    assert.equal(exports.m, memory);
    assert.equal(grow(1), 1);
    assert.equal(memory.buffer.byteLength, 2 * 65_536);
  });

  it('refuses a module that has none of its own', () => {
    assert.throws(() => importMemory(module(TYPES, IMPORTS)), /has no section 5/);
  });
});

describe('growThrough()', () => {
  it('asks the function instead of the memory', () => {
    const asked: number[] = [];
    const { memory, grow } = instantiate(importMemory(growThrough(growing(1), 0)), (n) => {
      asked.push(n);
      return 42;
    });
    assert.equal(grow(3), 42);
    assert.deepEqual(asked, [3]);
    assert.equal(memory.buffer.byteLength, 65_536);
  });

  it('refuses a module where the place is not clear', () => {
    for (const times of [0, 2]) {
      assert.throws(() => growThrough(growing(times), 0), new RegExp(`found ${times} times`));
    }
  });
});

describe('codecModules()', () => {
  it('gives what lies in wasm/codecs: `npm run build:codecs` makes it anew', async () => {
    for (const [format, bytes] of Object.entries(await codecModules())) {
      const path = new URL(`../../../wasm/codecs/${format}.wasm`, import.meta.url);
      assert.deepEqual(Buffer.from(bytes), await readFile(path), format);
    }
  });
});
