import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type MadeScene, makeScenes, type ScenesRequest } from './make-scenes.ts';

/**
 * Writes a folder of scenes: `images/`, `pairs.jsonl` and `scenes.jsonl`.
 *
 * @param folder Must be new or empty.
 * @param onScene Gets each scene when it is written.
 * @throws {Error} The folder holds something.
 */
export async function writeScenesFolder(
  folder: string,
  request: ScenesRequest,
  onScene: (scene: MadeScene) => void,
): Promise<void> {
  const images = join(folder, 'images');
  await mkdir(folder, { recursive: true });
  // A longer run's pictures would stay behind and no longer match the sentences.
  if ((await readdir(folder)).length > 0) {
    throw new Error(`cannot write scenes: ${folder} is not empty`);
  }
  await mkdir(images);
  const pairLines = createWriteStream(join(folder, 'pairs.jsonl'));
  const sceneLines = createWriteStream(join(folder, 'scenes.jsonl'));
  try {
    for (const scene of makeScenes(request)) {
      const { record, pairs, png } = scene;
      await writeFile(join(images, record.image), png);
      sceneLines.write(`${JSON.stringify(record)}\n`);
      pairLines.write(pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
      onScene(scene);
    }
  } finally {
    pairLines.end();
    sceneLines.end();
    await Promise.all([finished(pairLines), finished(sceneLines)]);
  }
}
