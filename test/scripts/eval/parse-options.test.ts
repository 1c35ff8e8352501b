import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { parseOptions } from '../../../scripts/eval/parse-options.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';

const NEEDED = ['--data', 'rows.jsonl', '--images', 'pictures'];

describe('parseOptions()', () => {
  it('takes the default model and keeps answers beside the data', () => {
    const options = parseOptions(NEEDED);
    assert.equal(options.model, defaultModelFolder);
    assert.equal(options.endpoint, null);
    assert.match(options.state, /rows\.answers\.jsonl$/);
    assert.deepEqual([options.blank, options.premise, options.json], [false, false, false]);
  });

  it('never takes the data for the state file, whatever it is called', () => {
    const { data, state } = parseOptions(['--data', 'rows', '--images', 'pictures']);
    assert.equal(state, `${data}.answers.jsonl`);
  });

  it('needs no images for a TSV, and keeps its answers beside those of the JSONL', () => {
    const { images, state, published } = parseOptions(['--data', 'rows.tsv']);
    assert.deepEqual([images, published], [null, null]);
    assert.match(state, /rows\.tsv\.answers\.jsonl$/);
  });

  it('makes paths absolute', () => {
    const { INIT_CWD, npm_lifecycle_event } = process.env;
    const base = npm_lifecycle_event === undefined ? process.cwd() : (INIT_CWD ?? process.cwd());
    const { against, report } = parseOptions([...NEEDED, '--against', 'b', '--report', 'r.html']);
    assert.equal(against, resolve(base, 'b'));
    assert.equal(report, resolve(base, 'r.html'));
  });

  const refused: readonly (readonly [what: string, args: string[], message: RegExp])[] = [
    ['no data', ['--images', 'a'], /--data is needed\nusage: npm run eval/],
    ['no images', ['--data', 'a'], /--images is needed with a\nusage: npm run eval/],
    ['images beside a TSV', ['--data', 'a.tsv', '--images', 'b'], /carries its pictures: leave/],
    ['a figure that nobody published', [...NEEDED, '--published', 'large'], /distilled or fine/],
    ['two places to ask', [...NEEDED, '--endpoint', 'http://a', '--model', 'b'], /exclude/],
    ['an endpoint that is no URL', [...NEEDED, '--endpoint', 'here'], /it is no URL/],
    ['no concurrency', [...NEEDED, '--concurrency', '0'], /from 1 to 64/],
    ['too much concurrency', [...NEEDED, '--concurrency', '65'], /from 1 to 64/],
    ['a concurrency that is no number', [...NEEDED, '--concurrency', 'x'], /from 1 to 64/],
    ['an unknown option', [...NEEDED, '--date', 'x'], /Unknown option '--date'/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseOptions(args), { message });
    });
  }
});
