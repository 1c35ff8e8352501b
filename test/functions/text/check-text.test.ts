import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { checkText, MAX_TEXT_CHARACTERS } from '../../../functions/text/check-text.ts';

const LONG = MAX_TEXT_CHARACTERS;

describe('checkText()', () => {
  for (const text of [
    'there are two birds.',
    ' A dog\truns.\r\n',
    '#1',
    '?a',
    '( )',
    '🐶',
    '<s>',
    'a\u200bb',
    'x'.repeat(LONG),
    '🐶'.repeat(LONG),
  ]) {
    it(`gives back ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(checkText('hypothesis', text), text);
      assert.equal(checkText('premise', text), text);
    });
  }

  for (const text of ['', ' ', '\n', '\u00a0', '???', '-', ' / - ', '#*~', '\u200b\ufeff']) {
    it(`refuses the hypothesis ${JSON.stringify(text)}, takes it as a premise`, () => {
      assert.throws(
        () => checkText('hypothesis', text),
        new EntailError(
          'invalid_request',
          `Cannot judge the hypothesis: it says nothing, ${JSON.stringify(text)}`,
        ),
      );
      assert.equal(checkText('premise', text), text);
    });
  }

  for (const field of ['hypothesis', 'premise'] as const) {
    for (const [name, text, code, message] of [
      ['NUL', 'a\0b', 'bad_text', 'read the hypothesis: control character U+0000 in it'],
      ['escape', 'a\u001b[2J', 'bad_text', 'read the hypothesis: control character U+001B in it'],
      [
        'vertical tab',
        '\u000ba',
        'bad_text',
        'read the hypothesis: control character U+000B in it',
      ],
      ['delete', 'a\u007f', 'bad_text', 'read the hypothesis: control character U+007F in it'],
      ['next line', 'a\u0085', 'bad_text', 'read the hypothesis: control character U+0085 in it'],
      ['separator', 'a\u001cb', 'bad_text', 'read the hypothesis: control character U+001C in it'],
      [
        'a high surrogate',
        'a\ud83d',
        'bad_text',
        'read the hypothesis: half of a surrogate pair in it',
      ],
      [
        'a low surrogate',
        '\udc36a',
        'bad_text',
        'read the hypothesis: half of a surrogate pair in it',
      ],
      [
        'one letter too many',
        'x'.repeat(LONG + 1),
        'invalid_request',
        'take the hypothesis: 2001 characters, at most 2000',
      ],
      [
        'one dog too many',
        '🐶'.repeat(LONG + 1),
        'invalid_request',
        'take the hypothesis: 2001 characters, at most 2000',
      ],
    ] as const) {
      it(`refuses a ${field} with ${name}`, () => {
        const expected = `Cannot ${message.replace('hypothesis', field)}`;
        assert.throws(() => checkText(field, text), new EntailError(code, expected));
      });
    }
  }

  it('counts code points, one emoji as one', () => {
    assert.equal(checkText('premise', '🐶'.repeat(LONG)).length, 2 * LONG);
    assert.throws(() => checkText('premise', `${'🐶'.repeat(LONG - 1)}ab`), /2001 characters/);
  });

  it('gives back or refuses any text, and throws nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat(0xffff).map((u) => String.fromCharCode(u)) }),
        (text) => {
          try {
            assert.equal(checkText('hypothesis', text), text);
          } catch (error) {
            assert.ok(error instanceof EntailError);
            assert.match(error.code, /^(bad_text|invalid_request)$/);
          }
        },
      ),
    );
  });
});
