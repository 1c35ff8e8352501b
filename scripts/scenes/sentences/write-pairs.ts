import { mentionsOf } from '../meaning/mentions-of.ts';
import { VERDICTS, type Verdict } from '../meaning/verdict.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import type { Pair } from './pair.ts';
import type { Statement } from './statement.ts';
import { STATEMENT_SOURCES } from './statement-sources.ts';
import type { WordBalance } from './word-balance.ts';
import { writePremise } from './write-premise.ts';

/** Of each label. */
const PAIRS_A_LABEL = 4;
/** To choose one from, so that words alone tell little. */
const CANDIDATES = 8;
const TRIES_A_KIND = 20;
const PREMISE_SHARE = 0.2;
/** People leave the full stop out. */
const NO_STOP_SHARE = 0.3;

/**
 * Writes sentences about a scene: as many true as false and open ones, in any order.
 *
 * @param balance Of all sentences of the folder.
 */
export function writePairs(
  { scene, image }: { readonly scene: Scene; readonly image: string },
  random: Random,
  balance: WordBalance,
): Pair[] {
  const said = new Set<string>();
  const slots = VERDICTS.flatMap((verdict) => new Array<Verdict>(PAIRS_A_LABEL).fill(verdict));
  return random.shuffle(slots).map((verdict) => {
    const { text, kind, phrases } = balance.take(sayThings(random, { scene, verdict, said }));
    said.add(text);
    return {
      image,
      hypothesis: random.chance(NO_STOP_SHARE) ? text.replace(/\.$/, '') : text,
      premise: random.chance(PREMISE_SHARE) ? writePremise(scene, random) : null,
      label: verdict,
      kind,
      mentions: mentionsOf(scene, phrases, text),
    };
  });
}

function sayThings(
  random: Random,
  {
    scene,
    verdict,
    said,
  }: { readonly scene: Scene; readonly verdict: Verdict; readonly said: ReadonlySet<string> },
): readonly [Statement, ...Statement[]] {
  const found: Statement[] = [];
  for (;;) {
    const source = random.pick(STATEMENT_SOURCES);
    // Some kinds cannot come out so on some scenes; others, such as `unknowable`, can on all.
    for (let attempt = 0; attempt < TRIES_A_KIND; attempt++) {
      const statement = source(scene, random, verdict);
      if (statement === null || said.has(statement.text)) continue;
      found.push(statement);
      break;
    }
    const [first, ...others] = found;
    if (first !== undefined && found.length >= CANDIDATES) return [first, ...others];
  }
}
