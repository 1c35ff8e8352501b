import assert from 'node:assert/strict';
import { copyFileSync, globSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { modelExample, verdictExample } from '../../scripts/openapi/example-answers.ts';
import { HYPOTHESIS } from '../../scripts/openapi/example-values.ts';
import { apiDescription, expectDescribed } from '../lib/api-description.ts';
import { examplesOf, findExamples } from '../lib/examples-of.ts';
import { runScript } from '../lib/run-script.ts';
import { runShellExample } from '../lib/run-shell-example.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectVerdict } from './expect-verdict.ts';
import { postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** Where examples think the endpoint is. */
const WRITTEN_ORIGIN = 'http://127.0.0.1:8787';
const PAGES = ['README.md', ...globSync('docs/**/*.md', { cwd: repositoryFolder })].sort();

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());

/** A folder as a reader may have it: a picture, and the repository's own beside it. */
function readersFolder(): string {
  const folder = temporaryFolder();
  copyFileSync(
    join(repositoryFolder, 'test/fixtures/images/baseline-420.jpg'),
    join(folder, 'photo.jpg'),
  );
  symlinkSync(join(repositoryFolder, 'test'), join(folder, 'test'));
  return folder;
}

const folder = readersFolder();

function here(source: string): string {
  return source.replaceAll(WRITTEN_ORIGIN, worker.url);
}

/** Runs commands and asserts that each request in them gets a described answer, and no problem. */
async function runCommands(commands: string): Promise<void> {
  const calls = await runShellExample(here(commands), folder, { ORIGIN: worker.url });
  assert.ok(calls.length > 0, `no request to the endpoint: ${commands}`);
  for (const call of calls) {
    assert.equal(call.url.origin, worker.url, `a request to somebody else: ${commands}`);
    assert.ok(call.status < 300, `${call.status} ${call.text}: ${commands}`);
    const kept = call.headers.get('Content-Type') === 'application/octet-stream';
    if (!kept) expectDescribed(call.method, call.url.pathname, call);
  }
}

function callsApi(code: string): boolean {
  return /\bcurl /.test(code);
}

describe('examples of the documentation', () => {
  for (const page of PAGES) {
    const examples = examplesOf(page).filter(({ language }) => language === 'sh');
    for (const { code, line, notRun } of examples.filter((it) => callsApi(it.code))) {
      if (notRun === null) it(`${page}:${line} runs`, () => runCommands(code));
    }
  }

  it('are all found: no fence is written otherwise, and README has some that run', () => {
    for (const page of PAGES) {
      const text = readFileSync(join(repositoryFolder, page), 'utf8');
      const fences = text.match(/^\s*(```|~~~)/gm) ?? [];
      assert.equal(findExamples(text).length * 2, fences.length, page);
    }
    const run = examplesOf('README.md').filter(({ code, notRun }) => callsApi(code) && !notRun);
    assert.ok(run.length >= 3, `${run.length}`);
  });

  it('are not run only where a comment says why', () => {
    const text =
      '<!-- not run: it needs an account -->\n```sh\ncurl x\n```\n\n```sh\ncurl y\n```\n';
    assert.deepEqual(
      findExamples(text).map(({ code, line, notRun }) => [code, line, notRun]),
      [
        ['curl x\n', 3, 'it needs an account'],
        ['curl y\n', 7, null],
      ],
    );
  });
});

describe('samples of the API description', () => {
  for (const [path, methods] of Object.entries(apiDescription.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      for (const { lang, label, source } of operation['x-codeSamples']) {
        const name = `${method.toUpperCase()} ${path}, ${label}`;
        if (lang === 'Shell') it(`${name} runs`, () => runCommands(source));
        else it(`${name} runs`, () => runTypeScript(source));
      }
    }
  }
});

async function runTypeScript(source: string): Promise<void> {
  const client = join(repositoryFolder, 'client/index.ts');
  const file = join(folder, 'sample.ts');
  writeFileSync(file, here(source).replace("'edge-entail/client'", JSON.stringify(client)));
  const { exitCode, stdout, stderr } = await runScript(['node', file], { cwd: folder });
  assert.equal(exitCode, 0, `${source}\n${stderr}`);
  assert.match(stdout, /\S/, source);
  assert.doesNotMatch(stdout, /^[45]\d\d |^undefined/, source);
}

describe('request examples of the API description', () => {
  for (const [path, { post }] of Object.entries(apiDescription.paths)) {
    for (const [type, { examples = {} }] of Object.entries(post?.requestBody?.content ?? {})) {
      for (const [name, { value }] of Object.entries(examples)) {
        it(`POST ${path} ${type}, ${name} gets an answer`, async () => {
          const init = type === 'application/json' ? jsonRequest(value) : formRequest(value);
          const response = await fetch(`${worker.url}${path}`, { method: 'POST', ...init });
          const { status, headers } = response;
          const text = await response.text();
          assert.equal(status, 200, text);
          expectDescribed('POST', path, { status, headers, text });
        });
      }
    }
  }
});

function jsonRequest(value: unknown): RequestInit {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

function formRequest(value: Readonly<Record<string, unknown>>): RequestInit {
  const body = new FormData();
  for (const [name, sent] of Object.entries(value)) {
    if (name === 'image') body.set(name, new Blob([readFileSync(join(folder, String(sent)))]));
    else for (const text of [sent].flat()) body.append(name, String(text));
  }
  return { body };
}

describe('answers in the API description', () => {
  it('the verdict is what the fresh clone says of two-birds.png', async () => {
    const question = {
      image: sceneFixture('two-birds.png'),
      hypothesis: HYPOTHESIS,
      premise: null,
    };
    const form = REQUEST_FORMS.multipart(question);
    const { scores, ...verdict } = expectVerdict(await postEntail(worker.url, form));
    const { scores: shown, ...rest } = verdictExample;
    assert.deepEqual(verdict, rest);
    // Without relaxed SIMD, scores are a little different.
    for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
      assert.ok(Math.abs(scores[label] - shown[label]) < 0.02, label);
    }
  });

  it('the model is the one of the fresh clone', async () => {
    const answer = await (await fetch(`${worker.url}/v1/model`)).json();
    assert.deepEqual({ ...answer, vision: modelExample.vision }, modelExample);
  });
});
