import assert from 'node:assert/strict';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Manifest } from '../../../functions/model/manifest.ts';
import { modelAuthor } from '../../../scripts/convert/author-model.ts';
import { openCheckpoint } from '../../../scripts/convert/checkpoint/open-checkpoint.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { readSource } from '../../../scripts/convert/read-source.ts';
import { writeModelFiles } from '../../../scripts/convert/shards/write-model-folder.ts';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import type { TensorToWrite } from '../../../scripts/synthetic/torch-tensor.ts';
import { writeCheckpoint } from '../../../scripts/synthetic/write-checkpoint.ts';
import { writeTorchZip } from '../../../scripts/synthetic/write-torch-zip.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { runPython } from '../train/run-python.ts';
import { torchMissing } from '../train/torch-missing.ts';
import {
  type HalfFormat,
  roundedTensors,
  roundTensors,
} from './checkpoint/weights/round-tensors.ts';
import { originalNames, writeFairseq } from './checkpoint/weights/write-fairseq.ts';
import { keepOneName, writeSafetensors } from './checkpoint/weights/write-safetensors.ts';
import { writeSplit } from './checkpoint/weights/write-split.ts';
import { writeTorchLegacy } from './checkpoint/weights/write-torch-legacy.ts';

const config = { ...SYNTHETIC_SHAPES.micro, vocabSize: 2000 };
const TENSORS = syntheticStateDict(config);
const BIN = 'pytorch_model.bin';
const FORMATS: readonly HalfFormat[] = ['float16', 'bfloat16'];
const WEIGHTS = 'test/scripts/convert/checkpoint/weights';
const root = temporaryFolder();

/** The shards of both number formats. */
type Shards = Readonly<Record<'int8' | 'fp32', Manifest['files']>>;

/** Writes a folder of settings and the weights as a test wants them, and converts it as far as its shards. */
async function convert(name: string, write: (folder: string) => Promise<unknown>): Promise<Shards> {
  const folder = join(root, name);
  await mkdir(folder);
  await writeCheckpoint(folder, { config, tensors: [] });
  await rm(join(folder, BIN));
  await write(folder);
  const checkpoint = await openCheckpoint(folder);
  try {
    const source = await readSource(checkpoint, () => {});
    const ranges = batchNormRanges(config.resnetBlocks, source.weights);
    const out = join(root, `${name}-model`);
    return {
      int8: await writeModelFiles(out, modelAuthor(source, { dtype: 'int8', ranges })),
      fp32: await writeModelFiles(out, modelAuthor(source, { dtype: 'fp32' })),
    };
  } finally {
    await checkpoint.close();
  }
}

const zip = (tensors: readonly TensorToWrite[]) => (folder: string) =>
  writeTorchZip(join(folder, BIN), tensors);
const expected = await convert('zip', zip(TENSORS));

/** Every form in float32; shards are named by their SHA-256, so equal names are equal bytes. */
const FORMS: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  'torch before 1.6': (folder) => writeTorchLegacy(join(folder, BIN), TENSORS),
  safetensors: (folder) => writeSafetensors(join(folder, 'model.safetensors'), TENSORS),
  'several torch zips': (folder) =>
    writeSplit(folder, TENSORS, {
      stem: 'pytorch_model',
      extension: 'bin',
      count: 3,
      write: writeTorchZip,
    }),
  'several safetensors': (folder) =>
    writeSplit(folder, keepOneName(TENSORS), {
      stem: 'model',
      extension: 'safetensors',
      count: 3,
      write: writeSafetensors,
    }),
  'original OFA, torch zip': (folder) => writeFairseq(join(folder, 'ofa.pt'), TENSORS, 'zip'),
  'original OFA, torch before 1.6': (folder) =>
    writeFairseq(join(folder, 'ofa.pt'), TENSORS, 'legacy'),
  'wrapped in DataParallel': (folder) =>
    writeTorchZip(
      join(folder, BIN),
      TENSORS.map((tensor) => ({ ...tensor, key: `module.${tensor.key}` })),
    ),
};

const rounded = new Map<HalfFormat, Promise<Shards>>();

/** What float32 numbers become that were rounded to a shorter format; converted once. */
function roundedShards(format: HalfFormat): Promise<Shards> {
  const shards =
    rounded.get(format) ?? convert(`rounded ${format}`, zip(roundedTensors(TENSORS, format)));
  rounded.set(format, shards);
  return shards;
}

describe('writeModelFiles()', () => {
  for (const [form, write] of Object.entries(FORMS)) {
    it(`writes the same shards from ${form}`, async () => {
      assert.deepEqual(await convert(form, write), expected);
    });
  }

  for (const format of FORMATS) {
    it(`writes from ${format}, in every form, what it writes from the same numbers in float32`, async () => {
      const rounded = await roundedShards(format);
      assert.notDeepEqual(rounded, expected);
      const short = roundTensors(TENSORS, format);
      assert.deepEqual(await convert(`${format} zip`, zip(short)), rounded);
      const legacy = (folder: string) => writeTorchLegacy(join(folder, BIN), short);
      assert.deepEqual(await convert(`${format} legacy`, legacy), rounded);
      const safe = (folder: string) => writeSafetensors(join(folder, 'model.safetensors'), short);
      assert.deepEqual(await convert(`${format} safe`, safe), rounded);
    });
  }

  it('writes the same shards from what torch.save itself wrote, in every format and form', {
    skip: torchMissing,
  }, async () => {
    await writeTorchZip(join(root, BIN), TENSORS);
    const originals = originalNames(TENSORS);
    const names = Object.fromEntries(TENSORS.map(({ key }, i) => [key, originals[i]?.key]));
    const files = ['float32' as const, ...FORMATS].flatMap((format) =>
      [false, true].map((legacy) => ({ format, legacy, to: join(root, `${format} ${legacy}.pt`) })),
    );
    const job = { from: join(root, BIN), names, files };
    await runPython([`${WEIGHTS}/save_checkpoint.py`], JSON.stringify(job));
    for (const { format, legacy, to } of files) {
      const found = await convert(`torch ${format} ${legacy}`, (folder) =>
        rename(to, join(folder, 'ofa.pt')),
      );
      const same = format === 'float32' ? expected : await roundedShards(format);
      assert.deepEqual(found, same, `${format}, ${legacy ? 'before 1.6' : 'zip'}`);
    }
  });
});
