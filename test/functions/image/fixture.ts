import { readFileSync } from 'node:fs';

/**
 * Reads a file of `test/fixtures/images`: made for this project, resized by Pillow 9.4 with
 * libjpeg-turbo 2.1.5 in `test/fixtures/resized`.
 */
export function imageFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url)));
}
