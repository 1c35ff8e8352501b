// Memory and time of the tokenizer in workerd, against @huggingface/tokenizers. Run:
//   node scripts/measure-tokenizer.ts FOLDER   (with vocab.json and merges.txt; Node 22 or later)
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { compileTokenizer } from './convert/tokenizer/compile-tokenizer.ts';
import { heapUsage } from './lib/heap-usage.ts';
import { repositoryFolder } from './lib/repository-folder.ts';

const COMPATIBILITY_DATE = '2026-07-30';
const ROUNDS = 20;

const TEXTS: Readonly<Record<string, string>> = {
  sentence: ' does the image describe " two dogs are running in the park. "?',
  '2,000 x a': 'a'.repeat(2000),
  '2,000 emoji': String.fromCodePoint(
    ...Array.from({ length: 2000 }, (_, i) => 0x1f300 + (i % 500)),
  ),
  '2,000 Chinese': String.fromCodePoint(...Array.from({ length: 2000 }, (_, i) => 0x4e00 + i * 7)),
};

const LOADERS = {
  'compact table': `
    import { createTokenizer } from './functions/text/tokenizer.ts';
    export async function load(request) {
      const tokenizer = createTokenizer(new Uint8Array(await request.arrayBuffer()));
      return (text) => tokenizer.encode(text);
    }`,
  '@huggingface/tokenizers': `
    import { Tokenizer } from '@huggingface/tokenizers';
    export async function load(request) {
      const tokenizer = new Tokenizer(await request.json(), {});
      return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
    }`,
};

const WORKER = `
  import { load } from 'loader';
  let encode;
  export default {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/load') encode = await load(request);
      if (pathname !== '/encode') return new Response('ready');
      const text = await request.text();
      const ids = encode(text);
      const start = performance.now();
      for (let round = 0; round < ${ROUNDS}; round++) encode(text);
      return Response.json({ ids, ms: (performance.now() - start) / ${ROUNDS} });
    },
  };`;

/** Runs one tokenizer in a workerd of its own, prints what it costs, and gives the ids it made. */
async function measure(name: keyof typeof LOADERS, file: Uint8Array | string): Promise<string[]> {
  const miniflare = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: await bundle(LOADERS[name]) }],
    compatibilityDate: COMPATIBILITY_DATE,
    inspectorPort: 0,
    cf: false,
  });
  try {
    const { origin } = await miniflare.ready;
    const worker = { url: origin, inspectorUrl: await miniflare.getInspectorURL() };
    await post(`${origin}/ready`, '');
    const before = await total(worker);
    await post(`${origin}/load`, file);
    await post(`${origin}/ready`, '');
    const loaded = (await total(worker)) - before;
    const results: string[] = [];
    const times: string[] = [];
    for (const [kind, text] of Object.entries(TEXTS)) {
      const { ids, ms } = await (await post(`${origin}/encode`, text)).json();
      results.push(JSON.stringify(ids));
      times.push(`${kind} ${ms.toFixed(2)} ms (${ids.length} tokens)`);
    }
    const used = (await total(worker)) - before;
    console.log(`${name}: ${loaded.toFixed(2)} MiB loaded, ${used.toFixed(2)} MiB after use`);
    console.log(`  ${times.join(', ')}`);
    return results;
  } finally {
    await miniflare.dispose();
  }
}

async function bundle(loader: string): Promise<string> {
  const from = { resolveDir: repositoryFolder, loader: 'ts' } as const;
  const { outputFiles } = await build({
    stdin: { contents: WORKER, ...from },
    plugins: [
      {
        name: 'loader',
        setup(api) {
          api.onResolve({ filter: /^loader$/ }, () => ({ path: 'loader', namespace: 'loader' }));
          api.onLoad({ filter: /.*/, namespace: 'loader' }, () => ({ contents: loader, ...from }));
        },
      },
    ],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

async function post(url: string, body: Uint8Array | string): Promise<Response> {
  const sent = typeof body === 'string' ? body : Uint8Array.from(body);
  const response = await fetch(url, { method: 'POST', body: sent });
  if (response.ok) return response;
  throw new Error(`cannot measure: ${await response.text()}`);
}

async function total(worker: Parameters<typeof heapUsage>[0]): Promise<number> {
  const { usedMib, embedderMib, backingMib } = await heapUsage(worker);
  return usedMib + embedderMib + backingMib;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder of vocab.json and merges.txt');
const vocabJson = await readFile(join(folder, 'vocab.json'), 'utf8');
const mergesText = await readFile(join(folder, 'merges.txt'), 'utf8');
const { table } = compileTokenizer(vocabJson, mergesText);
const tokenizerJson = JSON.stringify({
  model: {
    type: 'BPE',
    vocab: JSON.parse(vocabJson),
    merges: mergesText.trimEnd().split('\n').slice(1),
  },
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
  post_processor: null,
  decoder: { type: 'ByteLevel' },
  added_tokens: [],
});
console.log(`compact table: ${table.length} bytes, tokenizer.json: ${tokenizerJson.length} bytes`);
const ours = await measure('compact table', table);
const theirs = await measure('@huggingface/tokenizers', tokenizerJson);
console.log(ours.every((ids, i) => ids === theirs[i]) ? 'same ids' : 'DIFFERENT ids');
