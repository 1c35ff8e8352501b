import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** Runs `.ci/run` in a checkout whose npm is this shell script. */
async function ci(npm: string): Promise<{ exitCode: number | null; last: string; all: string }> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.ci'));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(repositoryFolder, '.ci/run'), join(folder, '.ci/run'));
  writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\n${npm}\n`);
  chmodSync(join(folder, 'bin/npm'), 0o755);
  const env = { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
  const { exitCode, stdout } = await runScript(['bash', '.ci/run'], { cwd: folder, env });
  return { exitCode, last: stdout.trimEnd().split('\n').at(-1) ?? '', all: stdout };
}

test('.ci/run runs npm test with CI set and nothing on standard input', async () => {
  const { all } = await ci('echo "$1 $CI [$(cat)]"; echo "1 passed, 0 failed"');
  assert.match(all, /^test true \[\]$/m);
});

test('.ci/run passes when the tests pass, and ends with their count', async () => {
  const { exitCode, last } = await ci('echo "12 passed, 0 failed, 3 skipped"');
  assert.deepEqual({ exitCode, last }, { exitCode: 0, last: '12 passed, 0 failed, 3 skipped' });
});

test('.ci/run fails when a test fails, and ends with the count', async () => {
  const { exitCode, last } = await ci('echo "12 passed, 1 failed"; exit 1');
  assert.deepEqual({ exitCode, last }, { exitCode: 1, last: '12 passed, 1 failed' });
});

test('.ci/run fails when the tests do not come to an end, whatever npm says', async () => {
  for (const npm of ['exit 7', 'echo "1 passed, 0 failed"; echo crash', 'exit 0']) {
    const { exitCode, last } = await ci(npm);
    assert.deepEqual({ exitCode, last }, { exitCode: 1, last: '0 passed, 1 failed' }, npm);
  }
});
