import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { emptyFolder } from './empty-folder.ts';
import { type MadeScene, makeScenes, type ScenesRequest } from './make-scenes.ts';

/**
 * Writes a folder of scenes: `images/`, `pairs.jsonl`, `scenes.jsonl`, and `mentions.jsonl`, whose lines
 * say of those of `pairs.jsonl`, one by one, which things each phrase may speak of.
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
  await emptyFolder(folder);
  await mkdir(images);
  const pairLines = createWriteStream(join(folder, 'pairs.jsonl'));
  const mentionLines = createWriteStream(join(folder, 'mentions.jsonl'));
  const sceneLines = createWriteStream(join(folder, 'scenes.jsonl'));
  try {
    for (const scene of makeScenes(request)) {
      const { record, pairs, png } = scene;
      await writeFile(join(images, record.image), png);
      sceneLines.write(linesOf([record]));
      pairLines.write(linesOf(pairs.map(({ mentions: _, ...pair }) => pair)));
      mentionLines.write(linesOf(pairs.map(({ mentions }) => mentions)));
      onScene(scene);
    }
  } finally {
    const streams = [pairLines, mentionLines, sceneLines];
    for (const stream of streams) stream.end();
    await Promise.all(streams.map((stream) => finished(stream)));
  }
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
