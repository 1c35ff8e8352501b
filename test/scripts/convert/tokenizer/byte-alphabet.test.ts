import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byteAlphabet } from '../../../../scripts/convert/tokenizer/byte-alphabet.ts';

describe('byteAlphabet()', () => {
  it('has a character of its own for every byte', () => {
    assert.equal(new Set(byteAlphabet()).size, 256);
  });

  // From the published vocabulary: the first and last of each run of bytes.
  for (const [byte, letter] of [
    [0x00, 'Ā'],
    [0x0a, 'Ċ'],
    [0x20, 'Ġ'],
    [0x21, '!'],
    [0x7e, '~'],
    [0x7f, 'ġ'],
    [0xa0, 'ł'],
    [0xa1, '¡'],
    [0xac, '¬'],
    [0xad, 'Ń'],
    [0xae, '®'],
    [0xff, 'ÿ'],
  ] as const) {
    it(`writes byte ${byte} as ${letter}`, () => assert.equal(byteAlphabet()[byte], letter));
  }
});
