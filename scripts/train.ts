import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCodecs } from '../wasm/create-codecs.ts';
import { nodeModules } from './lib/node-modules.ts';
import { createProgress } from './lib/progress.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';
import { ensurePrepared } from './train/ensure-prepared.ts';
import { findPython } from './train/find-python.ts';

const USAGE = `npm run train -- --scenes DIR --state DIR --out CHECKPOINT
  --scenes DIR              what npm run scenes wrote
  --state DIR               prepared scenes, the state to resume from, metrics.jsonl, curves.svg
  --out CHECKPOINT          a folder that npm run model:convert reads
  [--minutes M]             ends this run after so long; the same command goes on where it stopped
  [--side PX] [--vocabulary N] [--max-source-length N] [--tokenizer DIR]     see train/prepare.ts
  [--steps N] [--warm-up-steps N] [--images N] [--most-pairs N] [--learning-rate X]
  [--backbone-rate X] [--width N] [--heads N] [--encoder-layers N] [--decoder-layers N]
  [--resnet NAME] [--precision bf16|fp32] [--processes N] [--seed N]
  [--save-minutes M] [--evaluate-steps N]                                    see train/train.py`;

/** Passed on to train.py, which checks them. */
const TRAINING_OPTIONS = [
  'minutes',
  'steps',
  'warm-up-steps',
  'images',
  'most-pairs',
  'learning-rate',
  'backbone-rate',
  'width',
  'heads',
  'encoder-layers',
  'decoder-layers',
  'resnet',
  'precision',
  'processes',
  'seed',
  'save-minutes',
  'evaluate-steps',
];

await runCommand(async (args) => {
  const { scenes, state, out, ...options } = parseOptions(args);
  if (scenes === undefined || state === undefined || out === undefined) {
    throw new Error(`cannot train: --scenes, --state and --out are needed\nusage: ${USAGE}`);
  }
  const python = await findPython();
  const modules = await nodeModules();
  const progress = createProgress();
  const prepared = join(userPath(state), 'prepared');
  try {
    await ensurePrepared({
      scenes: userPath(scenes),
      out: prepared,
      tokenizer: options.tokenizer === undefined ? null : userPath(options.tokenizer),
      vocabularySize: Number(options.vocabulary ?? 2000),
      side: Number(options.side ?? 128),
      maxSourceLength: Number(options['max-source-length'] ?? 64),
      codecs: createCodecs(modules),
      onProgress: progress.show,
    });
  } finally {
    progress.stop();
  }
  const folders = ['--prepared', prepared, '--state', userPath(state), '--out', userPath(out)];
  const passedOn = TRAINING_OPTIONS.flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
  const program = join(repositoryFolder, 'scripts/train/train.py');
  const exitCode = await runPython(python, [program, ...folders, ...passedOn]);
  if (exitCode !== 0) throw new Error(`training failed: ${python} ended with ${exitCode}`);
});

function parseOptions(args: string[]): Readonly<Record<string, string | undefined>> {
  const names = [
    'scenes',
    'state',
    'out',
    'tokenizer',
    'vocabulary',
    'side',
    'max-source-length',
    ...TRAINING_OPTIONS,
  ];
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : undefined,
    ]),
  );
}

/** An interrupt reaches the child too, which then saves its state: this process waits for it. */
function runPython(python: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(python, args, {
    stdio: 'inherit',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const ignore = () => {};
  process.on('SIGINT', ignore);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', ignore);
      resolve(code);
    });
  });
}
