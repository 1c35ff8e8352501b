import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';

const PAGES = globSync(['*.md', 'docs/**/*.md', 'model-shards/*.md', 'wasm/**/*.md'], {
  cwd: repositoryFolder,
}).sort();
/** Runs of their own accord, or only inside other commands. */
const UNLISTED = /^(pre|build)/;
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));

function read(path: string): string {
  return readFileSync(join(repositoryFolder, path), 'utf8');
}

/** Where a page's links and pictures lead, those to other sites left out. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
  return found
    .map(([, markdown, html]) => markdown ?? html ?? '')
    .filter((it) => !/^\w+:/.test(it));
}

/** What GitHub makes of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe('pages', () => {
  it('link to what is there', () => {
    assert.ok(PAGES.length > 12, PAGES.join());
    const broken: string[] = [];
    let links = 0;
    for (const page of PAGES) {
      const text = read(page);
      for (const link of linksOf(text)) {
        links += 1;
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : join(dirname(page), path);
        const there = existsSync(join(repositoryFolder, target));
        if (there && (anchor === undefined || anchorsOf(read(target)).has(anchor))) continue;
        broken.push(`${page}: ${link}`);
      }
    }
    assert.deepEqual(broken, []);
    assert.ok(links > 80, `${links}`);
  });

  it('are all in the index', () => {
    const index = new Set(linksOf(read('docs/README.md')).map((link) => join('docs', link)));
    const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    assert.deepEqual(
      pages.filter((page) => !index.has(page)),
      [],
    );
  });

  it('name commands that there are, and README each of them', () => {
    const unknown: string[] = [];
    for (const page of PAGES) {
      for (const [, name = ''] of read(page).matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)) {
        if (scripts[name] === undefined) unknown.push(`${page}: npm run ${name}`);
      }
    }
    assert.deepEqual(unknown, []);
    const readme = read('README.md');
    const missing = Object.keys(scripts)
      .filter((name) => !UNLISTED.test(name))
      .filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(readme));
    assert.deepEqual(missing, []);
  });
});
