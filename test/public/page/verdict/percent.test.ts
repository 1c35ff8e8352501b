import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percent } from '../../../../public/page/verdict/percent.ts';

test('percent() never says that something is certain when it is not', () => {
  for (const [share, text] of [
    [0, '0.0 %'],
    [1e-12, '< 0.1 %'],
    [0.00099, '< 0.1 %'],
    [0.001, '0.1 %'],
    [0.5, '50.0 %'],
    [0.999, '99.9 %'],
    [0.9995, '> 99.9 %'],
    [1 - 1e-12, '> 99.9 %'],
    [1, '100.0 %'],
  ] as const) {
    assert.equal(percent(share), text, String(share));
  }
});
