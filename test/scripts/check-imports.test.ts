import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';

/** Each rule, and a file whose import breaks that rule. */
const VIOLATIONS: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'no-cycles': ['scripts/a.ts', "import './b.ts';"],
  'lib-is-lowest': ['functions/lib/high.ts', "import '../text/ok.ts';"],
  'level-rooms-apart': ['functions/image/beside.ts', "import type { Ok } from '../text/ok.ts';"],
  'no-way-up': ['functions/model/up.ts', "import '../pipeline/ok.ts';"],
  'pipeline-below-http': ['functions/pipeline/up.ts', "import '../http/ok.ts';"],
  'http-below-entry': ['functions/http/up.ts', "import '../index.ts';"],
  'env-at-entry': [
    'functions/http/bucket.ts',
    "import type { R2Bucket } from '@cloudflare/workers-types';",
  ],
  'wasm-files-in-wasm': [
    'scripts/png.ts',
    "import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';",
  ],
  'wasm-at-entry': ['functions/image/codec.ts', "import '../../wasm/ok.ts';"],
  'wasm-needs-lib': ['wasm/codec.ts', "import '../functions/image/ok.ts';"],
  'runs-anywhere': ['functions/lib/disk.ts', "import 'node:fs';"],
  'worker-apart': ['functions/lib/script.ts', "import '../../scripts/ok.ts';"],
  'client-alone': ['client/worker.ts', "import type { Ok } from '../functions/text/ok.ts';"],
  'worker-without-client': ['functions/http/client.ts', "import '../../client/ok.ts';"],
  'page-apart': ['public/assemble.ts', "import '../functions/index.ts';"],
  'worker-without-page': ['functions/http/page.ts', "import '../../public/ok.ts';"],
  'deployed-dependencies': ['functions/lib/bar.ts', "import 'cli-progress';"],
  resolvable: ['scripts/lost.ts', "import './nowhere.ts';"],
};

/** What the rules allow; every rule's neighbourhood has an edge that must pass. */
const ALLOWED: readonly (readonly [file: string, text: string])[] = [
  ['functions/lib/ok.ts', 'export type Ok = 1;'],
  ['functions/text/ok.ts', "import '../lib/ok.ts'; import './ko.ts'; export type Ok = 1;"],
  ['functions/text/ko.ts', ''],
  ['functions/image/ok.ts', "import '../lib/ok.ts'; export type Ok = 1;"],
  ['functions/pipeline/ok.ts', "import '../image/ok.ts'; import '../text/ok.ts';"],
  ['functions/http/ok.ts', "import 'hono'; import '../pipeline/ok.ts'; import '../lib/ok.ts';"],
  [
    'functions/index.ts',
    "import type { R2Bucket } from '@cloudflare/workers-types'; import './http/ok.ts'; import '../wasm/ok.ts';",
  ],
  [
    'wasm/ok.ts',
    "import '@jsquash/png/codec/pkg/squoosh_png_bg.wasm'; import type { Ok } from '../functions/image/ok.ts'; import '../functions/lib/ok.ts';",
  ],
  ['scripts/ok.ts', "import 'node:fs'; import 'cli-progress'; import '../functions/text/ok.ts';"],
  ['client/ok.ts', "import './ko.ts';"],
  ['client/ko.ts', ''],
  [
    'public/ok.ts',
    "import '../functions/http/ok.ts'; import '../client/ok.ts'; import '../wasm/ok.ts';",
  ],
  ['scripts/client.ts', "import '../client/ok.ts';"],
  ['scripts/b.ts', "import './a.ts';"],
  ['test/ok.ts', "import '../scripts/ok.ts';"],
];

test('import rules: each refuses a violation of its own, and allows what it should', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-rules-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const name of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json']) {
    await copyFile(join(repositoryFolder, name), join(folder, name));
  }
  await symlink(join(repositoryFolder, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of [...ALLOWED, ...Object.values(VIOLATIONS)]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${text}\n`);
  }
  const found = await cruise(folder);
  for (const [rule, [file]] of Object.entries(VIOLATIONS)) {
    const names = found.filter(({ from }) => from === file).map(({ rule: { name } }) => name);
    await t.test(`${rule} refuses ${file}`, () => assert.ok(names.includes(rule), names.join()));
  }
  const broken = new Set(Object.values(VIOLATIONS).map(([file]) => file));
  // b.ts closes the cycle that a.ts opens, so it may be the one that is named.
  const others = found.filter(({ from }) => !broken.has(from) && from !== 'scripts/b.ts');
  assert.deepEqual(others, []);
});

test('import rules: every rule of the file is shown', async () => {
  const { default: config } = await import(join(repositoryFolder, '.dependency-cruiser.mjs'));
  const names = config.forbidden.map(({ name }: { readonly name: string }) => name);
  assert.deepEqual(names.sort(), Object.keys(VIOLATIONS).sort());
});

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

function cruise(folder: string): Promise<readonly Violation[]> {
  const bin = join(repositoryFolder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const rooms = ['functions', 'client', 'wasm', 'public', 'scripts', 'test'];
  const args = [bin, ...rooms, '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      // Its exit code is the number of violations.
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(JSON.parse(stdout).summary.violations);
    });
  });
}
