import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createJpegEncoder } from './bench/jpeg-encoder.ts';
import { describeMachine } from './bench/machine.ts';
import { buildWorker } from './lib/build-worker.ts';
import { defaultModelFolder } from './lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from './lib/local-worker.ts';
import { readModelFolder } from './lib/model-folder.ts';
import { createProgress } from './lib/progress.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { terminalTables } from './lib/table.ts';
import { userPath } from './lib/user-path.ts';
import { waitUntilReady } from './lib/wait-until-ready.ts';
import { badKinds } from './soak/bad-kinds.ts';
import { goodKinds } from './soak/good-kinds.ts';
import { measureLadder } from './soak/measure-ladder.ts';
import { measureMixed } from './soak/measure-mixed.ts';
import { judgePromises } from './soak/promises.ts';
import { ladderQuestions } from './soak/questions.ts';
import { createSender, type Sender } from './soak/send.ts';
import { soakTables } from './soak/tables.ts';
import { writeReport } from './soak/write-report.ts';

const MAX_REQUESTS = 100_000;
const MAX_LOAD_MS = 60_000;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string' },
      requests: { type: 'string', default: '5000' },
      seconds: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  const requests = wholeNumber('--requests', values.requests, MAX_REQUESTS);
  const secondsPerStep = wholeNumber('--seconds', values.seconds, 60);
  const modelFolder = values.model === undefined ? defaultModelFolder : userPath(values.model);
  const bundleFolder = await mkdtemp(join(tmpdir(), 'edge-entail-soak-'));
  const progress = createProgress();
  try {
    const { manifest } = await readModelFolder(modelFolder);
    await buildWorker(bundleFolder, join(repositoryFolder, 'scripts/soak/worker/index.ts'));
    const encode = await createJpegEncoder();
    const setting = { modelFolder, bundleFolder };
    const ladder = await withWorker(setting, (worker, sender) =>
      measureLadder(worker, sender, {
        questions: ladderQuestions(encode),
        secondsPerStep,
        onProgress: progress.show,
      }),
    );
    const mixed = await withWorker(setting, (worker, sender) =>
      measureMixed(worker, sender, {
        kinds: [...goodKinds(encode), ...badKinds(encode)],
        requests,
        onProgress: progress.show,
      }),
    );
    progress.stop();
    const promises = judgePromises(ladder, mixed);
    const summary = { model: manifest.name, ladder, mixed, promises };
    const machine = await describeMachine();
    if (values.report) {
      await writeReport(join(repositoryFolder, 'docs/reliability'), summary, machine);
    }
    const json = () => JSON.stringify({ machine, ...summary }, null, 2);
    console.log(values.json ? json() : terminalTables(soakTables(summary)));
    const broken = promises.filter(({ kept }) => !kept);
    if (broken.length > 0) {
      throw new Error(
        `${broken.length} promises broken: ${broken.map((it) => it.promise).join('; ')}`,
      );
    }
  } finally {
    progress.stop();
    await rm(bundleFolder, { recursive: true, force: true });
  }
});

/** Starts the Worker anew, in an isolate of its own; it listens on this machine alone. */
async function withWorker<T>(
  setting: { readonly modelFolder: string; readonly bundleFolder: string },
  work: (worker: LocalWorker, sender: Sender) => Promise<T>,
): Promise<T> {
  const worker = await startLocalWorker(setting);
  const sender = createSender(worker.directUrl);
  try {
    await waitUntilReady(worker.url, MAX_LOAD_MS);
    return await work(worker, sender);
  } finally {
    sender.close();
    await worker.dispose();
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= most) return value;
  throw new Error(`cannot take ${option} ${text}: a whole number from 1 to ${most}`);
}
