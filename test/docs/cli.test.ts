import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { examplesOf } from '../lib/examples-of.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';

const examples = examplesOf('docs/cli.md');
const codeOf = (language: string) =>
  examples.find((example) => example.language === language)?.code ?? assert.fail(language);

/** The folder that the page speaks of. */
const folder = temporaryFolder();
mkdirSync(join(folder, 'pictures'));
mkdirSync(join(folder, 'docs'));
writeFileSync(join(folder, 'docs/more.md'), 'No pictures.');
for (const name of ['two-birds.png', 'two-dogs.png']) {
  copyFileSync(
    join(repositoryFolder, 'test/fixtures/scenes', name),
    join(folder, 'pictures', name),
  );
}
writeFileSync(join(folder, 'pairs.csv'), codeOf('csv'));
writeFileSync(join(folder, 'page.md'), codeOf('md'));
// Where the workflow checks this repository out.
symlinkSync(repositoryFolder, join(folder, '.edge-entail'));

/** Scores as the table rounds them are the same on every machine; at full length their last places are not. */
const rounded = (text: string) =>
  text.replace(/\d\.\d{5,}(e-\d+)?/g, (number) => Number(number).toFixed(4));

async function run(command: string, env: NodeJS.ProcessEnv = {}) {
  return runScript(['bash', '-c', command], { cwd: folder, env });
}

describe('docs/cli.md', () => {
  for (const [index, { language, code }] of examples.entries()) {
    if (language !== 'sh') continue;
    it(`prints what it says: ${code.trim()}`, async () => {
      const shown = examples[index + 1] ?? assert.fail();
      const printed = shown.language === 'csv' ? examples[index + 2] : shown;
      const { exitCode, stdout, stderr } = await run(
        code.replace('npm run', 'npm --prefix .edge-entail run'),
      );
      assert.equal(rounded(stdout), rounded(printed?.code ?? assert.fail()));
      const fails = code.includes('--fail-on');
      assert.equal(exitCode, fails ? 2 : 0, stderr);
      assert.equal(stderr, fails ? '1 of 2 answers fail: contradiction\n' : '');
    });
  }

  it('the workflow fails on the page, and passes once its text is right', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const [, command = assert.fail()] = /- run: (npm .*)/.exec(codeOf('yaml')) ?? [];
    const env = { ENTAIL_ENDPOINT: worker.url, CI: 'true' };
    const failed = await run(command, env);
    assert.equal(failed.exitCode, 2, failed.stderr);
    assert.match(failed.stdout, /^✖ contradiction 100\.0 % {2}pictures\/two-dogs\.png/m);
    writeFileSync(
      join(folder, 'docs/more.md'),
      '<img src="/pictures/two-dogs.png" alt="two dogs">',
    );
    writeFileSync(join(folder, 'page.md'), codeOf('md').replace('There is no dog.', 'Two dogs.'));
    const passed = await run(command, env);
    assert.equal(passed.exitCode, 0, passed.stderr + passed.stdout);
    assert.match(passed.stdout, /^3 questions: /m);
  });
});
