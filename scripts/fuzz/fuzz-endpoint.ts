import type { LocalWorker } from '../lib/local-worker.ts';
import { readLedger } from '../soak/ledger.ts';
import type { Findings } from './findings.ts';
import { goodPictures } from './good-pictures.ts';
import { type FuzzSetting, runSeries, type SeriesResult } from './run-series.ts';
import type { FuzzSummary, LedgerSample } from './summary.ts';
import type { Series } from './trial.ts';

/** Code that V8 compiles late, and what readings vary by; half a kilobyte left by each of 6,000 would be more. */
const MAX_GROWTH_MIB = 2;

/** What a run needs. */
export interface FuzzRun {
  readonly url: string;
  /** The Worker behind it, built from `scripts/soak/worker`, or null where it is not ours. */
  readonly worker: LocalWorker | null;
  readonly series: readonly Series[];
  readonly findings: Findings;
  readonly onProgress: FuzzSetting['onProgress'];
}

/**
 * Sends all series to an endpoint and judges its answers and its memory.
 *
 * @throws {Error} It does not answer good pictures, or is gone in the middle.
 */
export async function fuzzEndpoint({
  url,
  worker,
  series,
  findings,
  onProgress,
}: FuzzRun): Promise<Pick<FuzzSummary, 'series' | 'good' | 'ledger' | 'findings'>> {
  const good = await goodPictures(url);
  const results: SeriesResult[] = [];
  const ledger: LedgerSample[] = [];
  for (const each of series) {
    results.push(await runSeries(each, { url, good, findings, onProgress }));
    if (worker !== null) ledger.push({ behind: each.name, mib: (await readLedger(worker)).rest });
  }
  // The first series brings everything into being that there is between requests.
  const [first, last] = [ledger[0], ledger.at(-1)];
  const growth = (last?.mib ?? 0) - (first?.mib ?? 0);
  if (growth > MAX_GROWTH_MIB) {
    const name = `from ${first?.behind} to ${last?.behind}`;
    await findings.add({ kind: 'memory', name, detail: `${growth.toFixed(2)} MiB more` });
  }
  const wrong = findings.all.filter(({ kind }) => kind === 'wrong good answer').length;
  return { series: results, good: { sent: good.asked, wrong }, ledger, findings: findings.all };
}
