import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Codecs } from '../../functions/image/codecs.ts';
import { prepareImage } from '../../functions/image/prepare-image.ts';
import { CELL_PIXELS, cellTargets, type TargetClasses } from './cell-targets.ts';
import type { Scene } from './scenes-folder.ts';

/** What {@linkcode writePictures} needs to know. */
export interface PictureFolders {
  /** As `npm run scenes` writes it. */
  readonly scenes: string;
  readonly out: string;
  /** Pixels a side of the model's input, a multiple of 16. */
  readonly side: number;
  readonly codecs: Codecs;
  /** Called as work goes on. */
  readonly onProgress: (step: string, done: number, total: number) => void;
}

/** Writes `pixels.bin` and `cells.bin`, see `prepareScenes()`. */
export async function writePictures(
  { scenes: folder, out, side, codecs, onProgress }: PictureFolders,
  scenes: readonly Scene[],
  classes: TargetClasses,
): Promise<void> {
  const pixelFile = await open(join(out, 'pixels.bin'), 'w');
  const cellFile = await open(join(out, 'cells.bin'), 'w');
  try {
    for (const [index, { image, objects }] of scenes.entries()) {
      const bytes = Uint8Array.from(await readFile(join(folder, 'images', image)));
      const { pixels, width, height } = await prepareImage(bytes, side, codecs);
      const scaled = objects.map((object) => ({
        ...object,
        x: (object.x * side) / width,
        y: (object.y * side) / height,
        width: (object.width * side) / width,
        height: (object.height * side) / height,
      }));
      await pixelFile.write(pixels);
      await cellFile.write(cellTargets(scaled, side / CELL_PIXELS, classes));
      onProgress('preparing images', index + 1, scenes.length);
    }
  } finally {
    await pixelFile.close();
    await cellFile.close();
  }
}
