import { test } from 'node:test';
import { size } from '../../../../scripts/scenes/kinds/size.ts';
import { checkKind } from './check-kind.ts';

test('size verdicts are those of brute force over all worlds', () => {
  checkKind(
    size,
    ({ phrases }) => phrases,
    ({ phrases: [first, second], bigger }, { things }) =>
      things(first).some((a) =>
        things(second).some((b) => {
          const ratio = (a.width * a.height) / (b.width * b.height);
          return bigger ? ratio > 1.2 : 1 / ratio > 1.2;
        }),
      ),
  );
});
