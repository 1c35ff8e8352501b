import { glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWorker } from './lib/build-worker.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runChecks } from './lib/run-checks.ts';
import { runCommand } from './lib/run-command.ts';
import { runTestFiles } from './lib/run-test-files.ts';
import { addCounts, describeCounts } from './lib/test-counts.ts';

await runCommand(async () => {
  const files: string[] = [];
  for await (const file of glob('test/**/*.test.ts', { cwd: repositoryFolder })) files.push(file);
  if (files.length === 0) throw new Error('found no tests');
  const checks = await runChecks();
  const bundleFolder = await mkdtemp(join(tmpdir(), 'edge-entail-test-'));
  try {
    // One bundle for all test files: each would need two seconds for its own.
    await buildWorker(bundleFolder);
    process.env.EDGE_ENTAIL_BUNDLE = bundleFolder;
    // From the end of the alphabet: the longest are in test/workerd, and would leave a core idle if they came last.
    const ordered = files.sort().reverse();
    const tests = await runTestFiles(ordered.map((file) => join(repositoryFolder, file)));
    const all = addCounts(checks, tests);
    if (all.failed > 0) process.exitCode = 1;
    console.log(describeCounts(all));
  } finally {
    await rm(bundleFolder, { recursive: true, force: true });
  }
});
