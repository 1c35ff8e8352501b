import type { SentenceKind } from '../kinds/sentence-kind.ts';
import type { Phrase } from '../meaning/phrase.ts';
import type { Verdict } from '../meaning/verdict.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';

/** A sentence about a scene, and what the scene says of it. */
export interface Statement {
  readonly kind: string;
  /** Kind and structure. */
  readonly form: string;
  readonly text: string;
  readonly verdict: Verdict;
  /** What it speaks of. */
  readonly phrases: readonly Phrase[];
}

/** Tries once to say something of a scene with a wanted verdict; null when it came out otherwise. */
export type StatementSource = (scene: Scene, random: Random, wanted: Verdict) => Statement | null;

/** Makes statements of one kind. */
export function statementSource<Meaning>(kind: SentenceKind<Meaning>): StatementSource {
  return (scene, random, wanted) => {
    const meaning = kind.propose(scene, random);
    if (kind.judge(scene, meaning) !== wanted) return null;
    const text = random.pick(kind.phrasings(meaning));
    const form = `${kind.name} ${kind.form(meaning)}`;
    const phrases = kind.phrases(meaning);
    return { kind: kind.name, form, text, verdict: wanted, phrases };
  };
}
