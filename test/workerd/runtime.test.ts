import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { NEEDED_EXPORTS } from '../../functions/model/ort-module.ts';
import { readBundle } from '../../scripts/lib/build-worker.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** What workerd refuses or what would make the runtime take the Worker for Node. */
const FORBIDDEN = {
  'code from strings': /\beval\(|\bnew Function\b|[^.\w]Function\(/,
  'compiling WASM from bytes': /new WebAssembly\.Module\(|WebAssembly\.compile\w*\(/,
  "Node's modules": /(?:from|import|require\()\s*["']node:/,
};
/** (module (import "x" "y" (func))): a WASM module of another make, which the runtime's glue cannot link. */
const FOREIGN_MODULE = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0,
]);

const bundle = await readBundle(await bundleOnce());
const source = readFileSync(join(bundle.folder, 'index.js'), 'utf8');

describe('the bundle', () => {
  it('runs without nodejs_compat or any other flag', () => {
    assert.deepEqual(bundle.config.compatibilityFlags, []);
    assert.ok(!source.includes('nodejs_compat'));
  });

  for (const [what, pattern] of Object.entries(FORBIDDEN)) {
    it(`has nothing of ${what}`, () => {
      assert.equal(pattern.exec(source)?.[0], undefined);
    });
  }

  it('imports nothing at run time but the four WASM modules beside it and the runtime itself', () => {
    const imported = [...source.matchAll(/^\s*import\s[^;]*?from\s*"([^"]+)"/gm)].map(
      ([, from]) => from,
    );
    const wasm = bundle.modules.slice(1).map(({ path }) => `./${basename(path)}`);
    assert.equal(wasm.length, 4);
    assert.deepEqual(imported.sort(), [...wasm, 'cloudflare:workers'].sort());
  });
});

describe('the runtime in workerd', () => {
  it('has every export that the driver needs', async (t) => {
    assert.ok(NEEDED_EXPORTS.length > 20);
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: bundle.folder,
    });
    t.after(() => worker.dispose());
    // createOrtModule() looks each of them up, and the self-test calls nearly all.
    assert.equal((await fetch(`${worker.url}/readyz`)).status, 200);
  });

  it('is runtime_dead, for good, when its module is another, and the Worker lives on', async (t) => {
    const bundleFolder = temporaryFolder();
    cpSync(bundle.folder, bundleFolder, { recursive: true });
    const [runtime, ...others] = bundle.modules.filter(({ path }) =>
      /ort-wasm[^/]*\.wasm$/.test(path),
    );
    assert.ok(runtime !== undefined && others.length === 0);
    writeFileSync(join(bundleFolder, basename(runtime.path)), FOREIGN_MODULE);
    const worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
    t.after(() => worker.dispose());
    const question = { image: imageFixture('rgb.png'), hypothesis: 'a bird', premise: null };
    for (let i = 0; i < 3; i++) {
      expectProblem(await postEntail(worker.url, REQUEST_FORMS.raw(question)), 'runtime_dead');
    }
    assert.equal((await fetch(`${worker.url}/livez`)).status, 200);
  });
});
