import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildPage } from '../../../scripts/lib/build-page.ts';

/** What a visitor waits for before the page works, gzipped; the engine comes later, when it is wanted. */
const MAX_FIRST_BYTES = 25_000;

describe('buildPage()', () => {
  it('makes all that index.html names, and small enough', async () => {
    const folder = await buildPage();
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const names = [...html.matchAll(/(?:src|href)="\/([\w./]+)"/g)].map(([, name]) => name ?? '');
    const made = names.filter((name) => /\.(js|css|svg)$/.test(name));
    assert.deepEqual([...new Set(made)].sort(), ['icon.svg', 'page/main.js', 'style.css']);
    const script = readFileSync(join(folder, 'page/main.js'), 'utf8');
    const chunks = [
      ...script.matchAll(/^import.*?from"\.\.\/([\w./-]+)"|import"\.\.\/([\w./-]+)"/gm),
    ];
    const first = [...made, 'index.html', ...chunks.map(([, from, bare]) => from ?? bare ?? '')];
    const bytes = first.map((name) => gzipSync(readFileSync(join(folder, name))).length);
    const sum = bytes.reduce((total, size) => total + size, 0);
    assert.ok(sum < MAX_FIRST_BYTES, `${sum} bytes: ${first.join(' ')}`);
  });

  it('leaves a file alone that is as it should be, and removes what is no part of the page', async () => {
    const folder = await buildPage();
    const before = statSync(join(folder, 'index.html'));
    const stray = join(folder, 'page/of-an-earlier-build.js');
    mkdirSync(join(folder, 'page'), { recursive: true });
    writeFileSync(stray, '');
    await buildPage();
    const after = statSync(join(folder, 'index.html'));
    assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
    assert.ok(!existsSync(stray));
  });
});
