import { test } from 'node:test';
import { comparison } from '../../../../scripts/scenes/kinds/comparison.ts';
import { checkKind } from './check-kind.ts';

test('comparison verdicts are those of brute force over all worlds', () => {
  checkKind(
    comparison,
    ({ phrases }) => phrases,
    ({ phrases: [a, b], order }, { things }) => {
      const difference = things(a).length - things(b).length;
      if (order === 'same') return difference === 0;
      return order === 'more' ? difference > 0 : difference < 0;
    },
  );
});
