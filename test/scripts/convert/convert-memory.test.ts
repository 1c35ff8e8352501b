import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from '../../../scripts/synthetic/write-checkpoint.ts';
import { fullVocabulary } from '../../lib/full-vocabulary.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { roundTensors } from './checkpoint/weights/round-tensors.ts';

/** What the project promises: Node and the runtime, some 150 MB before anything is read, included. */
const MAX_RATIO = 3;

test('model:convert of float16 OFA-tiny stays under three times the checkpoint', async () => {
  const folder = temporaryFolder();
  const config = SYNTHETIC_SHAPES.full;
  // The shortest file there is, two thirds of float32's, for the same work; docs/checkpoints.md has the others.
  const tensors = roundTensors(syntheticStateDict(config), 'float16');
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
  const peak = Number(await readFile(peakFile, 'utf8')) * 1024;
  const { size } = await stat(join(folder, 'pytorch_model.bin'));
  // Less than the checkpoint itself could not be: the process was measured, and not another.
  assert.ok(peak > size && peak < MAX_RATIO * size, `${peak} bytes for ${size}`);
});
