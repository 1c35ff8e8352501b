import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { emptyFolder } from '../empty-folder.ts';
import { type MadeScene, makeScenes, type ScenesRequest } from '../make-scenes.ts';
import { createJpegEncoder } from './encode-jpeg.ts';
import { type SceneRow, sceneRows } from './scene-rows.ts';

/** SNLI-VE's JSONL beside a folder of JPEGs, or OFA's TSV with the same JPEGs in base64. */
export type PublishedFormat = 'snli-ve' | 'ofa-tsv';

/**
 * Writes scenes in a form in which SNLI-VE is published: `scenes_SPLIT.jsonl` and `images/`, or `scenes_SPLIT.tsv`.
 *
 * @param folder Must be new or empty.
 * @param onScene Gets each scene when it is written.
 * @throws {Error} The folder holds something.
 * @see https://github.com/necla-ml/SNLI-VE, https://github.com/OFA-Sys/OFA
 */
export async function writePublishedFormat(
  { folder, format }: { readonly folder: string; readonly format: PublishedFormat },
  request: ScenesRequest,
  onScene: (scene: MadeScene) => void,
): Promise<void> {
  await emptyFolder(folder);
  const images = join(folder, 'images');
  if (format === 'snli-ve') await mkdir(images);
  const extension = format === 'snli-ve' ? 'jsonl' : 'tsv';
  const lines = createWriteStream(join(folder, `scenes_${request.split}.${extension}`));
  const toJpeg = await createJpegEncoder();
  try {
    for (const scene of makeScenes(request)) {
      const jpeg = await toJpeg(scene.png);
      const rows = sceneRows(scene);
      const [row] = rows;
      if (format === 'snli-ve') {
        if (row !== undefined) await writeFile(join(images, `${row.pictureId}.jpg`), jpeg);
        lines.write(rows.map(snliVeLine).join(''));
      } else {
        const base64 = jpeg.toString('base64');
        lines.write(rows.map((it) => ofaLine(it, base64)).join(''));
      }
      onScene(scene);
    }
  } finally {
    lines.end();
    await finished(lines);
  }
}

function snliVeLine({
  pictureId,
  captionId,
  pairId,
  caption,
  hypothesis,
  label,
}: SceneRow): string {
  const row = {
    annotator_labels: [label],
    captionID: captionId,
    gold_label: label,
    pairID: pairId,
    sentence1: caption,
    sentence2: hypothesis,
    Flickr30K_ID: pictureId,
  };
  return `${JSON.stringify(row)}\n`;
}

function ofaLine(
  { pairId, pictureId, hypothesis, caption, label }: SceneRow,
  base64: string,
): string {
  return `${[pairId, pictureId, base64, hypothesis, caption, label].join('\t')}\n`;
}
