import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { barChart } from '../../../scripts/bench/bar-chart.ts';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import type { TensorToWrite } from '../../../scripts/synthetic/torch-tensor.ts';
import { writeCheckpoint } from '../../../scripts/synthetic/write-checkpoint.ts';
import { writeTorchZip } from '../../../scripts/synthetic/write-torch-zip.ts';
import { fullVocabulary } from '../../lib/full-vocabulary.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { roundTensors } from './checkpoint/weights/round-tensors.ts';
import { writeFairseq } from './checkpoint/weights/write-fairseq.ts';
import { keepOneName, writeSafetensors } from './checkpoint/weights/write-safetensors.ts';
import { writeSplit } from './checkpoint/weights/write-split.ts';
import { writeTorchLegacy } from './checkpoint/weights/write-torch-legacy.ts';

/**
 * Measures time and memory of `model:convert`, int8, for checkpoints of all forms and of the larger siblings' shapes:
 * `node test/scripts/convert/measure-memory.ts OUT` writes OUT.json and OUT.svg, in a quarter of an hour.
 */
const [, , out = ''] = process.argv;
const { full, base, large } = SYNTHETIC_SHAPES;
const BIN = 'pytorch_model.bin';

/** A checkpoint to convert. */
interface Case {
  readonly name: string;
  readonly config: typeof full;
  readonly write: (folder: string, tensors: readonly TensorToWrite[]) => Promise<unknown>;
}

const zip: Case['write'] = (folder, tensors) => writeTorchZip(join(folder, BIN), tensors);
const CASES: readonly Case[] = [
  { name: 'OFA-tiny, torch zip', config: full, write: zip },
  {
    name: 'OFA-tiny, torch before 1.6',
    config: full,
    write: (folder, tensors) => writeTorchLegacy(join(folder, BIN), tensors),
  },
  {
    name: 'OFA-tiny, original OFA .pt',
    config: full,
    write: (folder, tensors) => writeFairseq(join(folder, 'ofa.pt'), tensors, 'zip'),
  },
  {
    name: 'OFA-tiny, safetensors in 3 files',
    config: full,
    write: (folder, tensors) =>
      writeSplit(folder, keepOneName(tensors), {
        stem: 'model',
        extension: 'safetensors',
        count: 3,
        write: writeSafetensors,
      }),
  },
  {
    name: 'OFA-tiny, float16, torch zip',
    config: full,
    write: (folder, tensors) => zip(folder, roundTensors(tensors, 'float16')),
  },
  { name: 'base', config: base, write: zip },
  {
    name: 'large, 2 + 2 layers',
    config: { ...large, encoderLayers: 2, decoderLayers: 2 },
    write: zip,
  },
];

const found = [];
for (const { name, config, write } of CASES) {
  const folder = join(temporaryFolder(), 'checkpoint');
  await mkdir(folder);
  await writeCheckpoint(folder, { config, tensors: [], vocabulary: fullVocabulary() });
  await rm(join(folder, BIN));
  await write(folder, syntheticStateDict(config));
  const weights = (await readdir(folder)).filter((file) => /\.(bin|pt|safetensors)$/.test(file));
  const sizes = await Promise.all(weights.map((file) => stat(join(folder, file))));
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
  const started = performance.now();
  const peakFile = join(temporaryFolder(), 'peak');
  const { exitCode, stdout, stderr } = await runScript(
    [
      ...[process.execPath, '--import', './test/scripts/convert/report-peak.mjs'],
      ...['scripts/model-convert.ts', '--from', folder, '--out', temporaryFolder()],
    ],
    { env: { PEAK_FILE: peakFile } },
  );
  if (exitCode !== 0) throw new Error(`cannot convert ${name}: ${stderr}`);
  const peak = Number(await readFile(peakFile, 'utf8')) * 1024;
  const seconds = Math.round((performance.now() - started) / 1000);
  const [ledger = ''] = /^.* a Worker: .*$/m.exec(stdout) ?? [];
  found.push({ name, bytes, peak, ratio: Number((peak / bytes).toFixed(2)), seconds, ledger });
  console.log(name, bytes, peak, (peak / bytes).toFixed(2), seconds, ledger);
  await rm(folder, { recursive: true });
}
await writeFile(`${out}.json`, `${JSON.stringify(found, null, 1)}\n`);
await writeFile(
  `${out}.svg`,
  barChart({
    title: 'Most memory while converting, of what the checkpoint is',
    unit: 'times',
    rows: found.map(({ name, ratio }) => ({
      label: name,
      parts: [{ value: ratio, colour: '#4269d0' }],
    })),
    legend: [{ name: 'peak of the process', colour: '#4269d0' }],
    mark: { value: 3, name: 'the promise' },
  }),
);
