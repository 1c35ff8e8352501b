import { test } from 'node:test';
import { absence } from '../../../../scripts/scenes/kinds/absence.ts';
import { checkKind } from './check-kind.ts';

test('absence verdicts are those of brute force over all worlds', () => {
  checkKind(
    absence,
    (phrase) => [phrase],
    (phrase, { things }) => things(phrase).length === 0,
  );
});
