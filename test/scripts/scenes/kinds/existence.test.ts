import { test } from 'node:test';
import { existence } from '../../../../scripts/scenes/kinds/existence.ts';
import { checkKind } from './check-kind.ts';

test('existence verdicts are those of brute force over all worlds', () => {
  checkKind(
    existence,
    (phrase) => [phrase],
    (phrase, { things }) => things(phrase).length > 0,
  );
});
