import { test } from 'node:test';
import { atLeast } from '../../../../scripts/scenes/kinds/at-least.ts';
import { checkKind } from './check-kind.ts';

test('atLeast verdicts are those of brute force over all worlds', () => {
  checkKind(
    atLeast,
    ({ phrase }) => [phrase],
    ({ phrase, count }, { things }) => things(phrase).length >= count,
  );
});
