import { readFileSync } from 'node:fs';

/**
 * Reads a file of `test/fixtures/scenes`: scenes of the split `test`, seed 2, drawn at 384 px;
 * two-birds.png is number 1152, two-dogs.png number 1386.
 */
export function sceneFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../fixtures/scenes/${name}`, import.meta.url)));
}
