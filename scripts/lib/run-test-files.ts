import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect, styleText } from 'node:util';
import { repositoryFolder } from './repository-folder.ts';
import { describeCounts, type TestCounts } from './test-counts.ts';

/** Each file is a process; two full-size models at a time fit a small machine. */
const FILES_AT_A_TIME = 2;
/** The slowest file converts and asks full-size models, some minutes on a slow core. */
const MAX_FILE_MS = 15 * 60_000;

/**
 * Runs test files, each in a process of its own, and prints a line for each as it ends.
 *
 * @param files Absolute paths.
 * @param timeoutMs After which a file that has not ended counts as failed.
 * @returns A file that could not be run counts as one failed test.
 */
export async function runTestFiles(
  files: readonly string[],
  timeoutMs: number = MAX_FILE_MS,
): Promise<TestCounts> {
  const stream = process.stdout;
  let total: TestCounts = { passed: 0, failed: 0, skipped: 0 };
  let ended = 0;
  /** What each file printed: the logs of Workers under test, of interest only when something failed. */
  const said = new Map<string, string>();
  const events = run({
    files: [...files],
    concurrency: FILES_AT_A_TIME,
    cwd: repositoryFolder,
    timeout: timeoutMs,
  });
  for await (const { type, data } of events) {
    if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      const where = `${relative(repositoryFolder, data.file ?? '')}:${data.line ?? 0}`;
      console.log(`${styleText('red', '✖', { stream })} ${data.name} (${where})`);
      console.log(`${inspect(data.details.error.cause ?? data.details.error)}\n`);
    }
    if (type === 'test:pass' && data.skip !== undefined) {
      console.log(`${styleText('yellow', '-', { stream })} ${data.name}: skipped, ${data.skip}`);
    }
    if (type === 'test:stdout' || type === 'test:stderr') {
      said.set(data.file ?? '', (said.get(data.file ?? '') ?? '') + data.message);
    }
    if (type !== 'test:summary') continue;
    const { passed, failed, cancelled, skipped, todo } = data.counts;
    const counts = { passed, failed: failed + cancelled, skipped: skipped + todo };
    if (data.file === undefined) {
      total = counts;
      continue;
    }
    ended += 1;
    if (!data.success) process.stderr.write(said.get(data.file) ?? '');
    said.delete(data.file);
    const mark = data.success
      ? styleText('green', '✔', { stream })
      : styleText('red', '✖', { stream });
    const seconds = (data.duration_ms / 1000).toFixed(1);
    const place = `[${ended}/${files.length}]`;
    console.log(
      `${mark} ${place} ${relative(repositoryFolder, data.file)} ${describeCounts(counts)} (${seconds} s)`,
    );
  }
  return total;
}
