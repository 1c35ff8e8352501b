import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isBlank } from '../../../functions/text/is-blank.ts';

describe('isBlank()', () => {
  for (const text of ['', ' ', '\t\r\n', '\u00a0\u3000', '\u200b\u2060\ufeff', '\u00ad', '\ufe0f'])
    it(`sees nothing in ${JSON.stringify(text)}`, () => assert.equal(isBlank(text), true));

  for (const text of ['a', ' . ', '🐶', '\u0301', '\ufffd', '\u0378'])
    it(`sees something in ${JSON.stringify(text)}`, () => assert.equal(isBlank(text), false));
});
