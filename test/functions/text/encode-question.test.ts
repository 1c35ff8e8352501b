import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { encodeQuestion, type TextSettings } from '../../../functions/text/encode-question.ts';
import { createTokenizer } from '../../../functions/text/tokenizer.ts';
import tokens from '../../fixtures/tokens.json' with { type: 'json' };
import { decodeIds } from './decode-ids.ts';
import { texts } from './texts.ts';
import { published, SKIP, small } from './vocabularies.ts';

const SETTINGS: TextSettings = { promptType: 'prev_output', prompt: null, maxSourceLength: 80 };
const { ours } = small();
const tokenizer = createTokenizer(ours.table);

describe('encodeQuestion() with the published vocabulary', { skip: SKIP }, () => {
  const full = createTokenizer(SKIP ? ours.table : published().ours.table);
  const settings = { ...SETTINGS, maxSourceLength: tokens.max_src_length };

  for (const { text, premise, input_ids } of tokens.cases) {
    it(`gives the published ids of ${JSON.stringify([text.slice(0, 40), premise])}`, () => {
      const { encoder, decoder } = encodeQuestion({ hypothesis: text, premise }, settings, full);
      assert.deepEqual(encoder, input_ids);
      assert.deepEqual(decoder, input_ids.slice(0, -1));
    });
  }
});

describe('encodeQuestion()', () => {
  const question = { hypothesis: 'Two dogs!', premise: null };
  const prompt = ' does the image describe " two dogs! "?';
  const ids = [0, ...ours.encode(prompt), 2];

  it('puts <s> before the prompt and </s> behind', () => {
    const { encoder } = encodeQuestion(question, SETTINGS, tokenizer);
    assert.deepEqual(encoder, ids);
    assert.equal(decodeIds(encoder.slice(1, -1), ours), prompt);
  });

  for (const [promptType, decoder] of [
    ['none', [0]],
    ['src', ids],
    ['prev_output', ids.slice(0, -1)],
  ] as const) {
    it(`feeds the decoder as ${promptType} wants`, () => {
      const encoded = encodeQuestion(question, { ...SETTINGS, promptType }, tokenizer);
      assert.deepEqual(encoded, { encoder: ids, decoder });
    });
  }

  it('cuts to maxSourceLength ids before it adds <s> and </s>', () => {
    const hypothesis = 'zzz '.repeat(500);
    const { encoder, decoder } = encodeQuestion({ hypothesis, premise: null }, SETTINGS, tokenizer);
    assert.equal(encoder.length, 82);
    assert.equal(encoder.at(-1), 2);
    assert.deepEqual(decoder, encoder.slice(0, -1));
  });

  it('never makes a control token of a sentence, unlike what is published', () => {
    for (const token of ['<s>', '</s>', '<pad>', '<mask>', '<unk>', '<code_7>', '<bin_7>']) {
      const settings = { ...SETTINGS, maxSourceLength: 256 };
      const asked = { hypothesis: `a ${token} b`, premise: token };
      const { encoder } = encodeQuestion(asked, settings, tokenizer);
      const inner = encoder.slice(1, -1);
      assert.ok(inner.every((id) => id > 3));
      // preCaption() makes a space of the stroke in </s>.
      assert.ok(decodeIds(inner, ours).includes(`a ${token.replace('/', ' ')} b`));
    }
  });

  it('has bounded ids for any text', () => {
    fc.assert(
      fc.property(texts(), fc.option(texts()), (hypothesis, premise) => {
        const { encoder } = encodeQuestion({ hypothesis, premise }, SETTINGS, tokenizer);
        assert.ok(encoder.length >= 3 && encoder.length <= 82);
        assert.ok(encoder.slice(1, -1).every((id) => id > 3 && id < tokenizer.size));
      }),
    );
  });
});
