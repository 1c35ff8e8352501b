import { openCheckpoint } from '../../scripts/convert/checkpoint/open-checkpoint.ts';
import { type ConversionReport, convertModel } from '../../scripts/convert/convert-model.ts';
import { readPictures } from '../../scripts/convert/read-pictures.ts';
import { nodeModules } from '../../scripts/lib/node-modules.ts';
import { nodeRuntime } from '../lib/node-runtime.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** A model folder, and how it came about. */
export interface Converted {
  readonly modelFolder: string;
  readonly report: ConversionReport;
}

/**
 * Converts a checkpoint as `npm run model:convert` does, into a temporary folder.
 *
 * @param checkpointFolder In ModelScope layout.
 * @param calibrationFolder Pictures for int8 ranges; null: BatchNorm statistics.
 */
export async function convertFolder(
  checkpointFolder: string,
  dtype: 'int8' | 'fp32',
  calibrationFolder: string | null = null,
): Promise<Converted> {
  const checkpoint = await openCheckpoint(checkpointFolder);
  try {
    const side = checkpoint.config.imageSide;
    const modelFolder = temporaryFolder();
    const report = await convertModel({
      checkpoint,
      out: modelFolder,
      name: 'under-test',
      dtype,
      pictures:
        calibrationFolder === null
          ? null
          : (
              await readPictures(calibrationFolder, {
                side,
                most: 32,
                modules: await nodeModules(),
              })
            ).map(({ pixels }) => pixels),
      createRuntime: nodeRuntime,
      onProgress: () => {},
    });
    return { modelFolder, report };
  } finally {
    await checkpoint.close();
  }
}
