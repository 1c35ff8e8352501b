import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { join as concatenate } from '../lib/make-png.ts';
import { repositoryFolder } from '../lib/repository-folder.ts';
import { sendPicture } from './send-picture.ts';

const FILES = ['scenes/two-birds.png', 'images/baseline-420.jpg'] as const;
const COUNTER_BYTES = 4;

/** Pictures whose answers are known. */
export interface GoodPictures {
  /**
   * Asks about the next one.
   *
   * @returns null when the answer is the first one again; else what came instead, and for which file.
   */
  ask(): Promise<{ readonly file: string; readonly found: string } | null>;
  /** How many were asked about since the first answers. */
  readonly asked: number;
}

/**
 * Gets the first answers to one PNG and one JPEG.
 *
 * @throws {Error} The endpoint does not answer them.
 */
export async function goodPictures(url: string): Promise<GoodPictures> {
  let sent = 0;
  const known: { file: string; bytes: Uint8Array; text: string }[] = [];
  // The endpoint remembers pictures by their bytes. What stands behind a picture's end is not part of it, but makes it new.
  const ask = (bytes: Uint8Array) => {
    const counter = Buffer.alloc(COUNTER_BYTES);
    counter.writeUInt32BE(sent++);
    return sendPicture(url, concatenate([bytes, counter]));
  };
  for (const file of FILES) {
    const bytes = await readFile(join(repositoryFolder, 'test/fixtures', file));
    const answer = await ask(bytes);
    if (answer?.status !== 200) {
      throw new Error(
        `cannot fuzz ${url}: it does not answer ${file}: ${answer?.text ?? 'no answer'}`,
      );
    }
    known.push({ file, bytes, text: answer.text });
  }
  return {
    async ask() {
      const good = known[sent % known.length];
      if (good === undefined) return null;
      const answer = await ask(good.bytes);
      if (answer?.status === 200 && answer.text === good.text) return null;
      return { file: good.file, found: answer === null ? 'no answer' : answer.text.slice(0, 300) };
    },
    get asked() {
      return sent - known.length;
    },
  };
}
