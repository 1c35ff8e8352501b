import { test } from 'node:test';
import { atMost } from '../../../../scripts/scenes/kinds/at-most.ts';
import { checkKind } from './check-kind.ts';

test('atMost verdicts are those of brute force over all worlds', () => {
  checkKind(
    atMost,
    ({ phrase }) => [phrase],
    ({ phrase, count }, { things }) => things(phrase).length <= count,
  );
});
