import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createOrtRuntime } from '../functions/model/ort-runtime.ts';
import type { VisionBackend } from '../functions/model/vision-stage.ts';
import { writeBenchModel } from './bench/bench-model.ts';
import { describeBench } from './bench/describe-bench.ts';
import { drawnPicture } from './bench/drawn-picture.ts';
import { measureAnswer, measureLedger, measureLoad } from './bench/measure-variant.ts';
import { summarise, type VariantResult } from './bench/summarise.ts';
import { buildWorker } from './lib/build-worker.ts';
import { type LocalWorker, startLocalWorker } from './lib/local-worker.ts';
import { nodeModules } from './lib/node-modules.ts';
import { createProgress } from './lib/progress.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';

/** Enough for a median; the machine's noise is shared because variants take turns. */
const ROUNDS = 7;
const PICTURE = { width: 640, height: 480 };

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: { model: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-bench-'));
  const progress = createProgress();
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const models = await prepareModels(folder, values.model, progress.show);
    const bundleFolder = join(folder, 'bundle');
    await buildWorker(bundleFolder, join(repositoryFolder, 'scripts/bench/worker/index.ts'));
    const picture = drawnPicture(PICTURE.width, PICTURE.height);
    const variants: VariantResult[] = [];
    const workers = new Map<VariantResult, LocalWorker>();
    for (const { name, modelFolder, vision } of models) {
      const worker = await startLocalWorker({ modelFolder, bundleFolder });
      ends.push(() => worker.dispose());
      const load = await measureLoad(worker, vision);
      const ledger = { loaded: await measureLedger(worker, load.heapBytes) };
      const first = await measureAnswer(worker, picture);
      const variant: VariantResult = { name, load, first, answers: [], ledger };
      variants.push(variant);
      workers.set(variant, worker);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [variant, worker] of workers) {
        const answer = await measureAnswer(worker, picture);
        variant.answers.push(answer);
        variant.ledger.after = await measureLedger(worker, answer.heapBytes);
      }
      progress.show('measuring', round + 1, ROUNDS);
    }
    progress.stop();
    const summary = summarise(variants);
    console.log(values.json ? JSON.stringify(summary, null, 2) : describeBench(summary));
  } finally {
    progress.stop();
    for (const end of ends.reverse()) await end();
  }
});

/** A model, and what runs its vision. */
interface Variant {
  readonly name: string;
  readonly modelFolder: string;
  readonly vision: VisionBackend;
}

/** The model asked for; without one full-size synthetic ones: int8 by kernels, by onnxruntime-web alone, and fp32. */
async function prepareModels(
  folder: string,
  model: string | undefined,
  onProgress: (step: string, done: number, total: number) => void,
): Promise<Variant[]> {
  if (model !== undefined) {
    return [{ name: 'model', modelFolder: userPath(model), vision: 'kernels' }];
  }
  const runtime = await createOrtRuntime(await nodeModules(), 1);
  const folders = { int8: join(folder, 'int8'), fp32: join(folder, 'fp32') };
  for (const dtype of ['int8', 'fp32'] as const) {
    onProgress(`writing ${dtype}`, dtype === 'int8' ? 0 : 1, 2);
    await writeBenchModel(folders[dtype], dtype, runtime);
  }
  onProgress('writing models', 2, 2);
  return [
    { name: 'int8', modelFolder: folders.int8, vision: 'kernels' },
    { name: 'int8, ORT', modelFolder: folders.int8, vision: 'onnxruntime' },
    { name: 'fp32', modelFolder: folders.fp32, vision: 'onnxruntime' },
  ];
}
