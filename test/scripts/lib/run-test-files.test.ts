import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryFolder } from '../../../scripts/lib/repository-folder.ts';
import { addCounts, describeCounts } from '../../../scripts/lib/test-counts.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

const RUNNER = join(repositoryFolder, 'scripts/lib/run-test-files.ts');

/** Runs made-up test files in a program of its own: node:test does not run inside itself. */
async function runFiles(
  texts: readonly string[],
  timeoutMs = 60_000,
): Promise<{ stdout: string; stderr: string; counts: unknown }> {
  const folder = temporaryFolder();
  const files = texts.map((text, i) => {
    const path = join(folder, `${i}.test.mjs`);
    writeFileSync(path, `import { describe, it, test } from 'node:test';\n${text}`);
    return path;
  });
  const program = join(folder, 'run.ts');
  writeFileSync(
    program,
    `import { runTestFiles } from ${JSON.stringify(RUNNER)};
     const counts = await runTestFiles(${JSON.stringify(files)}, ${timeoutMs});
     console.log(JSON.stringify(counts));`,
  );
  const { stdout, stderr } = await runScript([process.execPath, program]);
  return { stdout, stderr, counts: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') };
}

test('runTestFiles() counts what passed, failed and was skipped, over all files', async () => {
  const { stdout, counts } = await runFiles([
    "test('a', () => {}); test('b', () => { throw new Error('broken b'); });",
    "describe('s', () => { it('c', () => {}); it('d', { skip: 'why' }, () => {}); });",
  ]);
  assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
  assert.match(stdout, /✖ b .*0\.test\.mjs:2\)\nError: broken b/);
  assert.match(stdout, /✔ \[2\/2\].*1 passed, 0 failed, 1 skipped/);
});

test('runTestFiles() says why a test was skipped', async () => {
  const { stdout } = await runFiles(["test('d', { skip: 'no vocabulary' }, () => {});"]);
  assert.match(stdout, /^- d: skipped, no vocabulary$/m);
});

test('runTestFiles() shows what a file printed when it failed, and only then', async () => {
  const { stderr } = await runFiles([
    "test('a', () => console.log('all is well'));",
    "test('b', () => { console.error('a clue'); throw new Error('broken b'); });",
  ]);
  assert.match(stderr, /a clue/);
  assert.doesNotMatch(stderr, /all is well/);
});

test('runTestFiles() counts a file that cannot be loaded as failed', async () => {
  const { counts } = await runFiles(["throw new Error('at import');"]);
  assert.deepEqual(counts, { passed: 0, failed: 1, skipped: 0 });
});

test('runTestFiles() counts a test that never ends as failed', async () => {
  const { counts } = await runFiles(["test('stuck', () => new Promise(() => {}));"], 1000);
  assert.deepEqual(counts, { passed: 0, failed: 1, skipped: 0 });
});

test('describeCounts() writes the line that .ci/run looks for', () => {
  const counts = { passed: 3, failed: 0, skipped: 0 };
  assert.equal(describeCounts(counts), '3 passed, 0 failed');
  const sum = addCounts(counts, { passed: 1, failed: 2, skipped: 4 });
  assert.equal(describeCounts(sum), '4 passed, 2 failed, 4 skipped');
});
