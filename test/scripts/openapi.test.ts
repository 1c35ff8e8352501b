import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ERROR_CODES } from '../../functions/lib/entail-error.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { openApiDocument } from '../../scripts/openapi/document.ts';
import { fakeApp } from '../functions/http/fake-service.ts';
import { apiDescription, expectDescribed, isDescribed } from '../lib/api-description.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const { version } = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
const operations = Object.entries(apiDescription.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

function lint(file: string) {
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return runScript(['node_modules/.bin/redocly', 'lint', file], { env });
}

describe('public/openapi.json', () => {
  it('is what the schemas say: npm run openapi', async () => {
    const text = await readFile(join(repositoryFolder, 'public/openapi.json'), 'utf8');
    assert.equal(text, `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
  });

  it('passes the linter, which finds an example that does not fit', async () => {
    assert.equal((await lint('public/openapi.json')).exitCode, 0);
    const broken = structuredClone(JSON.parse(JSON.stringify(openApiDocument(version))));
    broken.components.examples.bad_text.value.retryable = 'maybe';
    const file = join(temporaryFolder(), 'openapi.json');
    await writeFile(file, JSON.stringify(broken));
    const { exitCode, stdout } = await lint(file);
    assert.equal(exitCode, 1);
    assert.match(stdout, /retryable/);
  });

  it('has every route of the Worker, and of others only what static files answer', async () => {
    const { routes } = await fakeApp();
    const served = routes
      .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const files = ['GET /openapi.json', 'GET /docs'];
    assert.deepEqual(described.sort(), [...new Set(served), ...files].sort());
  });

  it('has every code of the closed list: in its table, and each that is sent at a route', () => {
    const text = JSON.stringify(apiDescription.paths);
    const table = String(Object(apiDescription.info).description);
    for (const code of ERROR_CODES) {
      assert.ok(table.includes(`| \`${code}\` |`), code);
      assert.equal(text.includes(`"${code}"`), code !== 'length_required', code);
    }
  });

  it('has samples for every operation', () => {
    for (const { operation } of operations) {
      assert.ok(operation['x-codeSamples'].length > 0, operation.operationId);
    }
  });
});

describe('expectDescribed()', () => {
  const headers = new Headers({ 'Content-Type': 'application/json', 'X-Request-Id': 'x' });
  const live = { status: 200, headers, text: '{"status":"live"}' };

  it('lets through what is described, and nothing else', () => {
    expectDescribed('GET', '/livez', live);
    for (const [wrong, message] of [
      [{ ...live, text: '{"status":"dead"}' }, /must be equal to constant/],
      [{ ...live, text: '{"status":"live","more":1}' }, /additional properties/],
      [{ ...live, status: 201 }, /201 is not described/],
      [{ ...live, headers: new Headers({ 'Content-Type': 'application/json' }) }, /X-Request-Id/],
      [
        { ...live, headers: new Headers({ 'X-Request-Id': 'x', 'Content-Type': 'text/html' }) },
        /text\/html/,
      ],
    ] as const) {
      assert.throws(() => expectDescribed('GET', '/livez', wrong), message);
    }
    assert.throws(() => expectDescribed('GET', '/other', live), /no GET \/other/);
  });

  it('knows which code belongs to which status', () => {
    const place = [
      'paths',
      '/v1/entail',
      'post',
      'responses',
      400,
      'content',
      'application/problem+json',
    ];
    const problem = {
      type: 'about:blank',
      title: 'x',
      status: 400,
      detail: 'x',
      retryable: false,
      request_id: 'x',
    };
    assert.equal(isDescribed([...place, 'schema'], { ...problem, code: 'bad_text' }), true);
    assert.equal(isDescribed([...place, 'schema'], { ...problem, code: 'internal' }), false);
  });
});
