import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import type { TensorToWrite } from '../../../scripts/synthetic/torch-tensor.ts';
import { writeCheckpoint } from '../../../scripts/synthetic/write-checkpoint.ts';
import { fullVocabulary } from '../../lib/full-vocabulary.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { roundTensors } from './checkpoint/weights/round-tensors.ts';

/** What the project promises: Node and the runtime, some 150 MB before anything is read, included. */
const MAX_RATIO = 3;
const config = SYNTHETIC_SHAPES.full;

/** Converts a checkpoint by the command; how much memory it took at most, and how long the checkpoint is. */
async function convert(tensors: readonly TensorToWrite[]): Promise<{ peak: number; size: number }> {
  const folder = temporaryFolder();
  await writeCheckpoint(folder, { config, tensors, vocabulary: fullVocabulary() });
  const peakFile = join(temporaryFolder(), 'peak');
  const { exitCode, stderr } = await runScript(
    [
      process.execPath,
      '--import',
      './test/scripts/convert/report-peak.mjs',
      'scripts/model-convert.ts',
      '--from',
      folder,
      '--out',
      temporaryFolder(),
    ],
    { env: { PEAK_FILE: peakFile } },
  );
  assert.equal(exitCode, 0, stderr);
  const { size } = await stat(join(folder, 'pytorch_model.bin'));
  return { peak: Number(await readFile(peakFile, 'utf8')) * 1024, size };
}

describe('model:convert of full-size OFA-tiny stays under three times the checkpoint', () => {
  for (const dtype of ['float32', 'float16'] as const) {
    it(dtype, async () => {
      const tensors = syntheticStateDict(config);
      const { peak, size } = await convert(
        dtype === 'float16' ? roundTensors(tensors, dtype) : tensors,
      );
      // Less than the checkpoint itself could not be: the process was measured, and not another.
      assert.ok(peak > size && peak < MAX_RATIO * size, `${peak} bytes for ${size}`);
    });
  }
});
