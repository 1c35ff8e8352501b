import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MAX_HYPOTHESES } from '../../../functions/http/limits.ts';
import { expectDescribed, isDescribed } from '../../lib/api-description.ts';
import { smallPng } from '../pipeline/fake-parts.ts';
import { fakeApp } from './fake-service.ts';

const IMAGE = Buffer.from(smallPng()).toString('base64');

/** What a client may take for a value: of the right type as often as not. */
const value = fc.oneof(
  fc.constantFrom('a dog', 'a cat', IMAGE, 'true', true, false, null, 5, {}),
  fc.array(fc.constantFrom('a dog', 5), { maxLength: 2 }),
  fc.constantFrom(MAX_HYPOTHESES, MAX_HYPOTHESES + 1).map((count) => Array(count).fill('a dog')),
);
/** Absent, right, or anything. */
function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 6, arbitrary: right },
    { weight: 1, arbitrary: value },
  );
}

const text = mostly(fc.constant('a dog'));
const body = fc.record({
  image: fc.oneof(
    { weight: 6, arbitrary: fc.constant(IMAGE) },
    fc.constantFrom('', null, 5, undefined),
  ),
  hypothesis: text,
  hypotheses: mostly(fc.array(fc.constant('a cat'), { minLength: 1, maxLength: 3 })),
  premise: text,
  text,
  text2: text,
  explain: mostly(fc.boolean()),
  other: fc.option(value, { nil: undefined }),
});

/** What JSON Schema cannot say, and the description says in words. */
function keepsTheRules(
  { hypothesis, text, premise, text2, hypotheses }: Readonly<Record<string, unknown>>,
  batch: boolean,
): boolean {
  const differ = (one: unknown, other: unknown) =>
    typeof one === 'string' && typeof other === 'string' && one !== other;
  if (differ(premise, text2)) return false;
  if (!batch) return !differ(hypothesis, text) && [hypothesis, text].some(isText);
  const all = [...(Array.isArray(hypotheses) ? hypotheses : []), hypothesis, text].filter(isText);
  return all.length > 0 && all.length <= MAX_HYPOTHESES;
}

function isText(it: unknown): boolean {
  return typeof it === 'string';
}

describe('the description and the Worker agree', () => {
  for (const path of ['/v1/entail', '/v1/entail/batch']) {
    it(`on which JSON ${path} takes`, async () => {
      const { send } = await fakeApp();
      const schema = [
        'paths',
        path,
        'post',
        'requestBody',
        'content',
        'application/json',
        'schema',
      ];
      const counts = { taken: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(body, async (sent) => {
          const json = JSON.parse(JSON.stringify(sent));
          const fits = isDescribed(schema, json) && keepsTheRules(json, path.endsWith('batch'));
          const answer = await send(path, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(json),
          });
          const { status, headers } = answer;
          const text = await answer.text();
          assert.equal(status, fits ? 200 : 422, `${JSON.stringify(json)}: ${text}`);
          expectDescribed('POST', path, { status, headers, text });
          counts[fits ? 'taken' : 'refused'] += 1;
        }),
        { numRuns: 2000 },
      );
      assert.ok(counts.taken > 100 && counts.refused > 100, JSON.stringify(counts));
    });
  }
});
