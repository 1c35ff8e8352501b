import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkJsonShape,
  MAX_JSON_DEPTH,
  MAX_JSON_VALUES,
} from '../../../functions/http/check-json-shape.ts';
import { throwsCode } from '../image/throws-code.ts';

const check = (text: string) => checkJsonShape(new TextEncoder().encode(text));

/** Depth and number of values, counted on what the parser made. */
function shapeOf(value: unknown): { depth: number; values: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, values: 1 };
  const inner = Object.values(value).map(shapeOf);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    values: 1 + inner.reduce((sum, { values }) => sum + values, 0),
  };
}

test('checkJsonShape() lets through what is small, whatever its texts hold', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('"', '\\', '\\"', '[[[[', '{,,,', '\\\\'));
  const small = fc.dictionary(texts, fc.oneof(texts, fc.array(texts)));
  fc.assert(
    fc.property(small, (value) => {
      // Each value costs a comma or an opening bracket, and one that is empty its bracket alone.
      fc.pre(shapeOf(value).values < MAX_JSON_VALUES / 2);
      check(JSON.stringify(value));
    }),
  );
});

test('checkJsonShape() refuses depth and number', () => {
  check(`${'['.repeat(MAX_JSON_DEPTH)}${']'.repeat(MAX_JSON_DEPTH)}`);
  throwsCode(() => check('['.repeat(MAX_JSON_DEPTH + 1)), 'invalid_request');
  throwsCode(() => check('{"a":'.repeat(1_000_000)), 'invalid_request');
  check(`[${'0,'.repeat(MAX_JSON_VALUES - 3)}0]`);
  throwsCode(() => check(`[${'0,'.repeat(MAX_JSON_VALUES - 1)}0]`), 'invalid_request');
  throwsCode(() => check(`[${'[],'.repeat(1_000_000)}0]`), 'invalid_request');
  throwsCode(() => check(`["\\\\",${'0,'.repeat(MAX_JSON_VALUES)}"\\""]`), 'invalid_request');
});

test('checkJsonShape() takes time in proportion to the text', () => {
  // 14 MB each; anything worse than linear takes minutes.
  const begin = performance.now();
  for (const text of ['"', '\\', '\\"', ' ', '""', 'a']) {
    check(`"${text.repeat(14_000_000 / text.length)}`);
  }
  assert.ok(performance.now() - begin < 10_000);
});
