import { glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { docsPage } from '../docs-page/docs-page.ts';
import { glueApart, readEngineFiles } from './engine-files.ts';
import { repositoryFolder } from './repository-folder.ts';

const SOURCE_FOLDER = join(repositoryFolder, 'public');
const PAGE_FOLDER = join(repositoryFolder, 'dist/public');
/** What pages load by name, from `public/`; everything else is bundled into these. */
const ENTRIES = [
  'page/main.ts',
  'style.css',
  'engine/open-local-engine.ts',
  'engine/worker.ts',
  'docs/docs.ts',
  'docs/docs.css',
];
/** Sources of the bundles; all other files of `public/` are served as they are. */
const BUNDLED = /\.(ts|css)$|(^|\/)tsconfig\.json$/;

/**
 * Bundles the page into `dist/public`. Only files that differ are written, each in one step: another process may be
 * serving them.
 *
 * @returns The folder.
 * @throws {Error} A source cannot be bundled; esbuild has printed why.
 */
export async function buildPage(): Promise<string> {
  const engine = await readEngineFiles();
  const files = new Map([
    ...(await bundle({ RUNTIME_FILE_BYTES: JSON.stringify(engine.bytes) })),
    ...(await plainFiles()),
    ...engine.files,
    ['docs.html', await docsFile()] as const,
  ]);
  for (const [name, bytes] of files) await writeIfNew(join(PAGE_FOLDER, name), bytes);
  for await (const entry of glob('**', { cwd: PAGE_FOLDER, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(PAGE_FOLDER.length + 1);
    if (!files.has(name) && !name.endsWith('.new')) await rm(path, { force: true });
  }
  return PAGE_FOLDER;
}

async function bundle(define: Record<string, string>): Promise<[string, Uint8Array][]> {
  const { outputFiles } = await build({
    absWorkingDir: SOURCE_FOLDER,
    entryPoints: ENTRIES,
    outdir: PAGE_FOLDER,
    outbase: SOURCE_FOLDER,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    define,
    plugins: [glueApart],
    write: false,
  });
  return outputFiles.map(({ path, contents }) => [path.slice(PAGE_FOLDER.length + 1), contents]);
}

async function docsFile(): Promise<Uint8Array> {
  const description = await readFile(join(SOURCE_FOLDER, 'openapi.json'), 'utf8');
  return Buffer.from(docsPage(JSON.parse(description)));
}

async function plainFiles(): Promise<[string, Uint8Array][]> {
  const files: [string, Uint8Array][] = [];
  for await (const entry of glob('**', { cwd: SOURCE_FOLDER, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(SOURCE_FOLDER.length + 1);
    if (entry.isFile() && !BUNDLED.test(name)) files.push([name, await readFile(path)]);
  }
  return files;
}

async function writeIfNew(path: string, bytes: Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => null);
  if (before?.equals(bytes)) return;
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, bytes);
  await rename(fresh, path);
}
