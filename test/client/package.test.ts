import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { examplesOf } from '../lib/examples-of.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { startTwoWorkers } from './two-workers.ts';

/** What each example for Node prints, asked about two birds and a crab. */
const PRINTED: Readonly<Record<string, RegExp>> = {
  'node.ts': /^entailment 0\.9967\d+\n$/,
  'several.ts': /^(entailment\ncontradiction\nCannot judge the hypothesis: .*\n){2}$/,
  'errors.ts': /^JPEG or PNG, please\n$/,
  'pipeline.ts': /^\{ labels: 'yes', scores: 0\.9967\d+ \}\n$/,
  'model.ts': /^drawn-scenes sha256:\w{64}, sees 128 pixels a side\n$/,
};

/** How callers of each kind compile; a page's also checks the client's own declarations. */
const CONFIGS = {
  node: { files: Object.keys(PRINTED), lib: ['es2022'], types: ['node'], skipLibCheck: true },
  page: { files: ['page.ts'], lib: ['es2022', 'dom'], types: [], skipLibCheck: false },
  worker: {
    files: ['worker.ts'],
    lib: ['es2022'],
    types: ['@cloudflare/workers-types'],
    skipLibCheck: true,
  },
} as const;

/** What docs/client.md promises of the client in a page, minified. */
const MAX_BUNDLE_BYTES = 7000;

/** Files by name: each example's first line is a comment with it. */
const EXAMPLES = new Map(
  examplesOf('docs/client.md')
    .filter(({ language }) => language === 'ts')
    .map(({ code }) => [/^\/\/ (\S+)\n/.exec(code)?.[1] ?? assert.fail(code), code]),
);

/** The environment of a person outside this repository: the machine's own Node, 20 or later. */
const PATH = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

const folder = temporaryFolder();
let worker: LocalWorker;

async function run(...command: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runScript(command, { cwd: folder, env: { PATH } });
  assert.equal(exitCode, 0, `${command.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

describe('the package', () => {
  before(async () => {
    worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const packed = await runScript(['npm', 'pack', '--json', '--pack-destination', folder]);
    assert.equal(packed.exitCode, 0, packed.stderr);
    const [{ filename }] = JSON.parse(packed.stdout);
    await run('npm', 'install', '--offline', '--no-audit', '--no-fund', join(folder, filename));
  });
  after(() => worker.dispose());

  it('holds each file of client/ compiled, with its types, and brings nothing else along', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => name[0] !== '.');
    assert.deepEqual(installed, ['edge-entail']);
    const sources = readdirSync(join(repositoryFolder, 'client'));
    const built = readdirSync(join(folder, 'node_modules/edge-entail/dist/client'));
    const expected = sources.flatMap((name) => [
      name.replace(/ts$/, 'js'),
      name.replace(/ts$/, 'd.ts'),
    ]);
    assert.deepEqual(built, expected.sort());
    const top = readdirSync(join(folder, 'node_modules/edge-entail'));
    assert.deepEqual(top.sort(), ['LICENSE', 'README.md', 'dist', 'package.json']);
  });

  it('every example of docs/client.md compiles as its reader would compile it', async () => {
    const listed = Object.values(CONFIGS).flatMap(({ files }) => [...files]);
    assert.deepEqual([...EXAMPLES.keys()].sort(), listed.sort());
    for (const [name, code] of EXAMPLES) {
      writeFileSync(join(folder, name), code.replaceAll('https://entail.example', worker.url));
    }
    for (const scope of ['@types', '@cloudflare']) {
      const link = join(folder, 'node_modules', scope);
      symlinkSync(join(repositoryFolder, 'node_modules', scope), link);
    }
    const tsc = join(repositoryFolder, 'node_modules/typescript/bin/tsc');
    await Promise.all(
      Object.entries(CONFIGS).map(async ([kind, { files, ...options }]) => {
        const compilerOptions = {
          ...options,
          strict: true,
          target: 'es2022',
          module: 'nodenext',
          outDir: 'out',
        };
        const config = join(folder, `tsconfig.${kind}.json`);
        writeFileSync(config, JSON.stringify({ files, compilerOptions }));
        await run('node', tsc, '-p', config);
      }),
    );
  });

  it('every example for Node prints what it says, in the Node of this machine', async (t) => {
    await mkdir(join(folder, 'out'), { recursive: true });
    writeFileSync(join(folder, 'photo.jpg'), sceneFixture('two-birds.png'));
    copyFileSync(join(repositoryFolder, 'LICENSE'), join(folder, 'notes.txt'));
    t.diagnostic(`Node ${await run('node', '--version')}`);
    for (const [name, printed] of Object.entries(PRINTED)) {
      assert.match(await run('node', join('out', name.replace(/ts$/, 'js'))), printed, name);
    }
  });

  it('the example for Workers asks through its service binding', async (t) => {
    const { outputFiles } = await build({
      entryPoints: [join(folder, 'out/worker.js')],
      bundle: true,
      format: 'esm',
      write: false,
    });
    const url = await startTwoWorkers(t, outputFiles[0]?.text ?? assert.fail());
    const body = Uint8Array.from(sceneFixture('two-birds.png'));
    const answer = await fetch(url, { method: 'POST', body });
    assert.deepEqual(await answer.json(), { label: 'entailment' });
  });

  it('the example for browsers is bundled, small, and needs nothing of Node', async () => {
    // For browsers esbuild refuses an import of Node's own.
    const { outputFiles } = await build({
      entryPoints: [join(folder, 'out/page.js')],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    const { byteLength } = outputFiles[0]?.contents ?? assert.fail();
    assert.ok(byteLength < MAX_BUNDLE_BYTES, `${byteLength} bytes`);
  });
});
