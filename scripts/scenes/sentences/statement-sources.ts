import { absence } from '../kinds/absence.ts';
import { atLeast } from '../kinds/at-least.ts';
import { atMost } from '../kinds/at-most.ts';
import { colour } from '../kinds/colour.ts';
import { comparison } from '../kinds/comparison.ts';
import { conjunction } from '../kinds/conjunction.ts';
import { count } from '../kinds/count.ts';
import { existence } from '../kinds/existence.ts';
import { hypernym } from '../kinds/hypernym.ts';
import { relation } from '../kinds/relation.ts';
import type { SentenceKind } from '../kinds/sentence-kind.ts';
import { setting } from '../kinds/setting.ts';
import { size } from '../kinds/size.ts';
import { unknowable } from '../kinds/unknowable.ts';
import { type StatementSource, statementSource } from './statement.ts';

/** The kinds, and of how many in a hundred sentences each is to be. */
const KINDS: readonly (readonly [StatementSource, name: string, share: number])[] = [
  share(existence, 11),
  share(absence, 7),
  share(count, 12),
  share(atLeast, 6),
  share(atMost, 6),
  share(relation, 13),
  share(size, 8),
  share(comparison, 5),
  share(colour, 7),
  share(hypernym, 8),
  share(conjunction, 6),
  share(setting, 6),
  share(unknowable, 5),
];

/** All kinds of sentences. */
export const STATEMENT_SOURCES: readonly StatementSource[] = KINDS.map(([source]) => source);

/** Kind -> its wanted share of all sentences, 0 to 1. */
export const KIND_SHARES: ReadonlyMap<string, number> = new Map(
  KINDS.map(([, name, share]) => [name, share / 100]),
);

function share<Meaning>(kind: SentenceKind<Meaning>, percent: number) {
  return [statementSource(kind), kind.name, percent] as const;
}
