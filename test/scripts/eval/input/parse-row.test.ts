import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRow } from '../../../../scripts/eval/input/parse-row.ts';

const OURS = {
  image: '000000.png',
  hypothesis: 'there are two birds.',
  premise: 'a meadow',
  label: 'entailment',
  kind: 'count',
};
/** The keys of a row of `snli_ve_test.jsonl`, as it is published. */
const THEIRS = {
  annotator_labels: ['neutral', 'entailment', 'neutral', 'neutral', 'neutral'],
  captionID: '4705552913.jpg#2',
  gold_label: 'neutral',
  pairID: '4705552913.jpg#2r1n',
  sentence1: 'Two women are embracing while holding to go packages.',
  sentence1_parse: '(ROOT (S))',
  sentence2: 'The sisters are hugging goodbye.',
  sentence2_parse: '(ROOT (S))',
  Flickr30K_ID: '4705552913',
};
const parse = (row: unknown, premise = false) => parseRow(JSON.stringify(row), { premise });

describe('parseRow()', () => {
  it('reads a row of ours with its own premise, whatever is asked for SNLI-VE', () => {
    for (const premise of [false, true]) {
      assert.deepEqual(parse(OURS, premise), { format: 'pairs', pair: OURS });
    }
    assert.equal(parse({ ...OURS, premise: null }).pair?.premise, null);
  });

  it('does without premise and kind', () => {
    const { image, hypothesis, label } = OURS;
    const { pair } = parse({ image, hypothesis, label });
    assert.deepEqual(pair, { image, hypothesis, label, premise: null, kind: 'unsorted' });
  });

  it('reads a row of SNLI-VE, the caption as premise only when asked', () => {
    const pair = {
      image: '4705552913.jpg',
      hypothesis: 'The sisters are hugging goodbye.',
      premise: null,
      label: 'neutral',
      kind: 'snli-ve',
    };
    assert.deepEqual(parse(THEIRS), { format: 'snli-ve', pair });
    assert.deepEqual(parse(THEIRS, true).pair, { ...pair, premise: THEIRS.sentence1 });
  });

  it('has no pair for a row of SNLI-VE that annotators disagreed on', () => {
    assert.deepEqual(parse({ ...THEIRS, gold_label: '-' }), { format: 'snli-ve', pair: null });
  });

  const malformed: readonly (readonly [what: string, line: string, message: RegExp])[] = [
    ['no JSON', '{"image": ', /JSON/],
    ['no object', '"a"', /not an object/],
    ['null', 'null', /not an object/],
    ['neither format', '{"picture": "a.png"}', /neither "image" nor "Flickr30K_ID"/],
    [
      'a label of ours that is none',
      JSON.stringify({ ...OURS, label: '-' }),
      /^label: .*"neutral"/,
    ],
    [
      'a gold label that is none',
      JSON.stringify({ ...THEIRS, gold_label: 'yes' }),
      /^gold_label: /,
    ],
    ['no hypothesis', JSON.stringify({ ...OURS, hypothesis: undefined }), /^hypothesis: /],
    ['a number for a sentence', JSON.stringify({ ...THEIRS, sentence2: 7 }), /^sentence2: /],
    ['an empty image name', JSON.stringify({ ...OURS, image: '' }), /^image: /],
  ];
  for (const [what, line, message] of malformed) {
    it(`refuses ${what}, saying which field is wrong`, () => {
      assert.throws(() => parseRow(line, { premise: true }), { message });
    });
  }
});
