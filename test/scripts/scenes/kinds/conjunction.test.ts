import { test } from 'node:test';
import { conjunction } from '../../../../scripts/scenes/kinds/conjunction.ts';
import { checkKind } from './check-kind.ts';

test('conjunction verdicts are those of brute force over all worlds', () => {
  checkKind(
    conjunction,
    ({ items }) => items.map(({ phrase }) => phrase),
    ({ joint, items: [first, second] }, { things }) => {
      const there = ({ phrase, count }: typeof first) =>
        count === 1 ? things(phrase).length >= 1 : things(phrase).length === count;
      const [a, b] = [there(first), there(second)];
      return { and: a && b, or: a || b, neither: !a && !b, 'but-no': a && !b }[joint];
    },
  );
});
