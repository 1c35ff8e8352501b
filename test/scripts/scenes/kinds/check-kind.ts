import assert from 'node:assert/strict';
import type { SentenceKind } from '../../../../scripts/scenes/kinds/sentence-kind.ts';
import type { Phrase } from '../../../../scripts/scenes/meaning/phrase.ts';
import { createRandom } from '../../../../scripts/scenes/random.ts';
import { sampleScene } from '../../../../scripts/scenes/sample/sample-scene.ts';
import type { Scene } from '../../../../scripts/scenes/scene.ts';
import { flatShelf } from '../flat-shelf.ts';
import { type World, worldsOf } from './worlds.ts';

const SCENES = 1500;

/**
 * Compares a kind's verdicts with brute force: true in all worlds that look like the picture is
 * entailed, false in all is contradicted, anything else open. Also looks at how it is said.
 *
 * @param phrasesOf The phrases of a meaning, each the object that `holds` asks the world for.
 * @param holds Plain truth in one world, written without the code under test.
 */
export function checkKind<Meaning>(
  kind: SentenceKind<Meaning>,
  phrasesOf: (meaning: Meaning) => readonly Phrase[],
  holds: (meaning: Meaning, world: World, scene: Scene) => boolean,
): void {
  const seen = { entailment: 0, neutral: 0, contradiction: 0 };
  for (let at = 0; at < SCENES; at++) {
    const random = createRandom(`${kind.name}/${at}`);
    const scene = sampleScene(random, { split: 'train', side: 128, shelf: flatShelf });
    const meaning = kind.propose(scene, random);
    checkPhrasings(kind.phrasings(meaning));
    const verdict = kind.judge(scene, meaning);
    if (verdict === null) continue;
    const truths = new Set(
      worldsOf(scene, phrasesOf(meaning)).map((world) => holds(meaning, world, scene)),
    );
    const expected =
      truths.size === 2 ? 'neutral' : truths.has(true) ? 'entailment' : 'contradiction';
    assert.equal(verdict, expected, `${kind.phrasings(meaning)[0]} in ${JSON.stringify(scene)}`);
    seen[verdict] += 1;
  }
  for (const [verdict, count] of Object.entries(seen)) {
    assert.ok(count >= SCENES / 100, `${kind.name}: ${count} times ${verdict}`);
  }
}

function checkPhrasings(texts: readonly string[]): void {
  assert.ok(new Set(texts).size >= 8, `only ${texts.length} ways: ${texts[0]}`);
  for (const text of texts) {
    assert.match(text, /^[a-z][a-z',-]*( [a-z][a-z',-]*)*\.$/);
    assert.doesNotMatch(text, /\ba [aeiou]|\ban [^aeiou]|\b(null|undefined|false|true)\b/, text);
  }
}
