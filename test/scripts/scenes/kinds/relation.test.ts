import { test } from 'node:test';
import { relation } from '../../../../scripts/scenes/kinds/relation.ts';
import { checkKind } from './check-kind.ts';

test('relation verdicts are those of brute force over all worlds', () => {
  checkKind(
    relation,
    ({ phrases }) => phrases,
    ({ phrases: [first, second], direction }, { things }, { side }) =>
      things(first).some((a) =>
        things(second).some((b) => {
          const right = a.x + a.width / 2 - b.x - b.width / 2;
          const down = a.y + a.height / 2 - b.y - b.height / 2;
          const along = { left: -right, right, above: -down, below: down }[direction];
          // Between a clear no (0.03 of the side) and a clear yes (0.12) no verdict is given.
          return along > 0.07 * side;
        }),
      ),
  );
});
