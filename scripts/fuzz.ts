import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './bench/machine.ts';
import { createFindings } from './fuzz/findings.ts';
import { fuzzEndpoint } from './fuzz/fuzz-endpoint.ts';
import { fuzzTables } from './fuzz/fuzz-tables.ts';
import { readCorpus } from './fuzz/read-corpus.ts';
import { seriesOf } from './fuzz/series-of.ts';
import { writeReport } from './fuzz/write-report.ts';
import { buildWorker } from './lib/build-worker.ts';
import { defaultModelFolder } from './lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from './lib/local-worker.ts';
import { createProgress } from './lib/progress.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { terminalTables } from './lib/table.ts';
import { userPath } from './lib/user-path.ts';
import { waitUntilReady } from './lib/wait-until-ready.ts';

const OWN_CORPUS = ['test/fixtures/images', 'test/fixtures/scenes'];
const MAX_COUNT = 1_000_000;
const READY_TIMEOUT_MS = 60_000;
const FINDINGS_FOLDER = 'fuzz-findings';

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: 'string' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1000' },
      url: { type: 'string' },
      json: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  if (values.report && (values.corpus !== undefined || values.url !== undefined)) {
    throw new Error("cannot write the report: it is about the project's own pictures and Worker");
  }
  const seed = wholeNumber('--seed', values.seed, Number.MAX_SAFE_INTEGER);
  const count = wholeNumber('--count', values.count, MAX_COUNT);
  const own = OWN_CORPUS.map((folder) => join(repositoryFolder, folder));
  const corpus = await readCorpus(values.corpus === undefined ? own : [userPath(values.corpus)]);
  const series = await seriesOf({ corpus: corpus.files, seed, count, long: values.report });
  const progress = createProgress();
  try {
    const findings = createFindings(userPath(FINDINGS_FOLDER));
    const onProgress = progress.show;
    const fuzz = (url: string, worker: LocalWorker | null) =>
      fuzzEndpoint({ url, worker, series, findings, onProgress });
    const results = await (values.url === undefined
      ? withWorker((worker) => fuzz(worker.directUrl, worker))
      : fuzz(values.url, null));
    progress.stop();
    const { files, skipped } = corpus;
    const summary = { seed, corpus: { files: files.length, skipped }, ...results };
    const machine = await describeMachine();
    if (values.report) {
      await writeReport(join(repositoryFolder, 'docs/reliability'), summary, machine);
    }
    const json = () => JSON.stringify({ machine, ...summary }, null, 2);
    console.log(values.json ? json() : terminalTables(fuzzTables(summary)));
    if (findings.all.length > 0) {
      throw new Error(
        `${findings.all.length} findings with seed ${seed}; the files are in ${FINDINGS_FOLDER}`,
      );
    }
  } finally {
    progress.stop();
  }
});

/** Starts the Worker of this checkout, with one more route that tells of its memory. */
async function withWorker<T>(work: (worker: LocalWorker) => Promise<T>): Promise<T> {
  const bundleFolder = await mkdtemp(join(tmpdir(), 'edge-entail-fuzz-'));
  try {
    await buildWorker(bundleFolder, join(repositoryFolder, 'scripts/soak/worker/index.ts'));
    const worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
    try {
      await waitUntilReady(worker.url, READY_TIMEOUT_MS);
      return await work(worker);
    } finally {
      await worker.dispose();
    }
  } finally {
    await rm(bundleFolder, { recursive: true, force: true });
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new Error(`cannot take ${option} ${text}: a whole number from 0 to ${most}`);
}
