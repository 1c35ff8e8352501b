import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOptions } from '../../../scripts/entail/parse-options.ts';

describe('parseOptions()', () => {
  it('asks here, for a person, and fails on nothing unless told', () => {
    assert.deepEqual(parseOptions(['a.png', 'a bird']), {
      positionals: ['a.png', 'a bird'],
      pairs: false,
      premise: null,
      model: null,
      endpoint: null,
      format: 'text',
      failOn: null,
    });
  });

  it('reads when an answer fails', () => {
    const failOn = (...args: string[]) => parseOptions(['a.png', 'b', ...args]).failOn;
    assert.deepEqual(failOn('--fail-on', 'contradiction'), {
      labels: ['contradiction'],
      minScore: 0,
    });
    assert.deepEqual(
      failOn('--fail-on', 'neutral', '--fail-on', 'contradiction', '--min-score', '0.9'),
      { labels: ['neutral', 'contradiction'], minScore: 0.9 },
    );
  });

  const refused: readonly (readonly [args: string[], message: RegExp])[] = [
    [['--json', '--csv'], /--json and --csv exclude each other/],
    [['--model', 'a', '--endpoint', 'http://b'], /--model and --endpoint exclude each other/],
    [['--pairs', 'a.csv', '--premise', 'b'], /--pairs and --premise exclude each other/],
    [['--pairs'], /--pairs needs a file\nusage: /],
    [['--endpoint', 'here'], /cannot use --endpoint here: it is no URL/],
    [['--fail-on', 'no'], /cannot use --fail-on no: one of entailment, neutral, contradiction/],
    [['--min-score', '0.5'], /--min-score needs --fail-on/],
    [['--fail-on', 'neutral', '--min-score', '1.1'], /cannot use --min-score 1\.1: a number/],
    [['--fail-on', 'neutral', '--min-score', 'high'], /cannot use --min-score high: a number/],
    [['--fail-on', 'neutral', '--min-score', ''], /cannot use --min-score : a number/],
    [['--fail'], /Unknown option '--fail'/],
  ];
  for (const [args, message] of refused) {
    it(`refuses ${args.join(' ')}`, () => assert.throws(() => parseOptions(args), { message }));
  }
});
