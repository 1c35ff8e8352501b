import type { Findings } from './findings.ts';
import type { GoodPictures } from './good-pictures.ts';
import { judgeAnswer } from './judge-answer.ts';
import { sendPicture } from './send-picture.ts';
import type { Series } from './trial.ts';

/** A good picture comes between so many others. */
const TRIALS_PER_GOOD = 25;
/** Half of the CPU time that a request may have; the largest honest picture needs 2 s. */
const MAX_ANSWER_MS = 15_000;
/** Then nobody is there any more. */
const MAX_BROKEN_IN_A_ROW = 10;

/** What came of a series. */
export interface SeriesResult {
  readonly name: string;
  readonly sent: number;
  /** How often each code came; `answered` is a verdict. */
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly slowest: string;
}

/** What a series is run with. */
export interface FuzzSetting {
  readonly url: string;
  readonly good: GoodPictures;
  readonly findings: Findings;
  readonly onProgress: (step: string, done: number, total: number) => void;
}

/**
 * Sends all files of a series, one at a time, a good picture behind every 25th and behind the last.
 *
 * @throws {Error} The endpoint is gone: ten connections in a row broke.
 */
export async function runSeries(series: Series, setting: FuzzSetting): Promise<SeriesResult> {
  const { url, good, findings, onProgress } = setting;
  const codes: Record<string, number> = {};
  let [sent, broken, slowestMs, slowest] = [0, 0, 0, ''];
  async function askGood(): Promise<void> {
    const wrong = await good.ask();
    if (wrong === null) return;
    await findings.add({
      kind: 'wrong good answer',
      name: `${wrong.file} behind ${series.name} ${sent}`,
      detail: wrong.found,
    });
  }
  for (const trial of series.trials) {
    const answer = await sendPicture(url, trial.bytes);
    sent += 1;
    onProgress(series.name, sent, series.count);
    const { code, complaint } =
      answer === null ? { code: 'broken', complaint: null } : judgeAnswer(answer);
    codes[code] = (codes[code] ?? 0) + 1;
    broken = answer === null ? broken + 1 : 0;
    if (answer === null) await findings.add({ kind: 'broken connection', detail: '', ...trial });
    else if (complaint !== null) {
      await findings.add({
        kind: 'unclean answer',
        detail: `${complaint}: ${answer.text.slice(0, 300)}`,
        ...trial,
      });
    } else if (series.expected !== undefined && code !== series.expected) {
      await findings.add({
        kind: 'unexpected answer',
        detail: `${code}, not ${series.expected}`,
        ...trial,
      });
    }
    const ms = answer?.ms ?? 0;
    if (ms > MAX_ANSWER_MS)
      await findings.add({ kind: 'slow answer', detail: `${ms.toFixed(0)} ms`, ...trial });
    if (ms > slowestMs) [slowestMs, slowest] = [ms, trial.name];
    if (broken === MAX_BROKEN_IN_A_ROW)
      throw new Error(`${url} is gone: ${broken} connections in a row broke`);
    if (sent % TRIALS_PER_GOOD === 0) await askGood();
  }
  await askGood();
  return { name: series.name, sent, codes, slowestMs, slowest };
}
