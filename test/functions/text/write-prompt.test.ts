import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { writePrompt } from '../../../functions/text/write-prompt.ts';
import tokens from '../../fixtures/tokens.json' with { type: 'json' };

function write(hypothesis: string, premise: string | null, prompt: string | null = null): string {
  return writePrompt({ hypothesis, premise }, { prompt, maxSourceLength: 80 });
}

describe('writePrompt()', () => {
  for (const { text, premise, prompt } of tokens.cases) {
    it(`writes what is published for ${JSON.stringify([text.slice(0, 40), premise])}`, () => {
      assert.equal(write(text, premise), prompt);
    });
  }

  for (const premise of [null, '', ' ', '\n', '???', '-', '\u200b']) {
    it(`counts the premise ${JSON.stringify(premise)} as absent`, () => {
      assert.equal(write('A dog.', premise), ' does the image describe " a dog. "?');
    });
  }

  for (const [prompt, premise, expected] of [
    [' is it {}?', null, ' is it a dog?'],
    [' is it {}?', ' ', ' is it a dog?'],
    [' {0}, yes, {0}', null, ' a dog, yes, a dog'],
    [' if {} then {}?', 'An animal', ' if an animal then a dog?'],
    [' {1} given {0}', 'An animal', ' a dog given an animal'],
    [' {{{1}}}', 'An animal', ' {a dog}'],
  ] as const) {
    it(`fills the model's own prompt ${prompt}`, () => {
      assert.equal(write('A dog', premise, prompt), expected);
    });
  }

  it('never reads a sentence as a template', () => {
    assert.equal(write('{} {0} {1}', null, '{}'), '{} {0} {1}');
    assert.equal(write('$& $1', '{1}', '{} {}'), '{1} $& $1');
  });

  it('refuses a premise that would stand in the place of the hypothesis', () => {
    assert.throws(
      () => write('A dog', 'An animal', ' is it {}?'),
      new EntailError(
        'invalid_request',
        "Cannot ask this model: a premise given, and the model's prompt has no place for one",
      ),
    );
  });

  it('refuses to do without a premise that the prompt wants', () => {
    assert.throws(
      () => write('A dog', null, ' if {} then {}?'),
      new EntailError(
        'invalid_request',
        "Cannot ask this model: no premise given, and the model's prompt wants one",
      ),
    );
  });

  it('keeps maxSourceLength words of either sentence', () => {
    const settings = { prompt: '{} | {}', maxSourceLength: 2 };
    assert.equal(writePrompt({ hypothesis: 'a b c', premise: 'd-e-f' }, settings), 'd e | a b');
  });
});
