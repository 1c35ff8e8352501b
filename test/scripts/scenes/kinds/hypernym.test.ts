import { test } from 'node:test';
import { hypernym } from '../../../../scripts/scenes/kinds/hypernym.ts';
import { checkKind } from './check-kind.ts';

test('hypernym verdicts are those of brute force over all worlds', () => {
  checkKind(
    hypernym,
    ({ phrase }) => [phrase],
    ({ phrase, count }, { things }) =>
      count === 1 ? things(phrase).length >= 1 : things(phrase).length === count,
  );
});
