import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createOrtRuntime } from '../functions/model/ort-runtime.ts';
import { writeBenchModel } from './bench/bench-model.ts';
import { describeMachine } from './bench/machine.ts';
import { type BenchSetting, measure } from './bench/measure.ts';
import { summarise } from './bench/summarise.ts';
import { benchTables } from './bench/tables.ts';
import { writeReport } from './bench/write-report.ts';
import { buildWorker } from './lib/build-worker.ts';
import { nodeModules } from './lib/node-modules.ts';
import { createProgress } from './lib/progress.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { terminalTables } from './lib/table.ts';
import { userPath } from './lib/user-path.ts';

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string' },
      json: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  const scratchFolder = await mkdtemp(join(tmpdir(), 'edge-entail-bench-'));
  const progress = createProgress();
  try {
    const variants = await prepareVariants(scratchFolder, values.model, progress.show);
    const bundleFolder = join(scratchFolder, 'bundle');
    await buildWorker(bundleFolder, join(repositoryFolder, 'scripts/bench/worker/index.ts'));
    const setting = { variants, bundleFolder, scratchFolder, long: values.report };
    const summary = summarise(await measure({ ...setting, onProgress: progress.show }));
    progress.stop();
    const machine = await describeMachine();
    if (values.report) await writeReport(join(repositoryFolder, 'docs'), summary, machine);
    const json = () => JSON.stringify({ machine, ...summary }, null, 2);
    console.log(values.json ? json() : terminalTables(benchTables(summary)));
  } finally {
    progress.stop();
    await rm(scratchFolder, { recursive: true, force: true });
  }
});

/** The model asked for; without one full-size synthetic ones: int8 by kernels, by onnxruntime-web alone, and fp32. */
async function prepareVariants(
  folder: string,
  model: string | undefined,
  onProgress: BenchSetting['onProgress'],
): Promise<BenchSetting['variants']> {
  if (model !== undefined) {
    return [{ name: 'model', modelFolder: userPath(model), vision: 'kernels' }];
  }
  const runtime = await createOrtRuntime(await nodeModules(), 1);
  const folders = { int8: join(folder, 'int8'), fp32: join(folder, 'fp32') };
  for (const dtype of ['int8', 'fp32'] as const) {
    onProgress('writing models', dtype === 'int8' ? 0 : 1, 2);
    await writeBenchModel(folders[dtype], dtype, runtime);
  }
  onProgress('writing models', 2, 2);
  return [
    { name: 'int8', modelFolder: folders.int8, vision: 'kernels' },
    { name: 'int8, ORT', modelFolder: folders.int8, vision: 'onnxruntime' },
    { name: 'fp32', modelFolder: folders.fp32, vision: 'onnxruntime' },
  ];
}
