import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { curlCommand } from '../../../../public/page/code/curl-command.ts';
import type { ShownRequest } from '../../../../public/page/code/request.ts';
import { runScript } from '../../../lib/run-script.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

/** Says what it was sent: texts as they are, files by a hash. */
const server = createServer(async (incoming, answer) => {
  const body = Buffer.concat(await incoming.toArray());
  if (incoming.method === 'GET') return answer.end(PICTURE);
  const headers = { 'Content-Type': incoming.headers['content-type'] ?? '' };
  const fields: [string, string][] = [];
  for (const [name, value] of await new Response(body, { headers }).formData()) {
    const text = typeof value === 'string' ? value : hash(await value.bytes());
    fields.push([name, text]);
  }
  const { authorization, accept } = incoming.headers;
  answer.end(JSON.stringify({ path: incoming.url, fields, authorization, accept }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : assert.fail();
const endpoint = `http://127.0.0.1:${port}`;

const PICTURE = Buffer.from('a picture');
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const request: ShownRequest = {
  endpoint,
  image: { name: 'photo.jpg', copied: false },
  hypotheses: ['A dog runs.'],
  premise: null,
  explain: false,
  withKey: false,
};

/** Runs the command in a shell, in a folder that holds the picture. */
async function run(shown: ShownRequest) {
  const folder = temporaryFolder();
  if ('name' in shown.image) writeFileSync(join(folder, shown.image.name), PICTURE);
  const env = { EDGE_ENTAIL_API_KEY: 'ee_key' };
  const { stdout, stderr } = await runScript(['sh', '-c', curlCommand(shown)], {
    cwd: folder,
    env,
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

describe('curlCommand()', () => {
  it('asks one sentence as it is', async () => {
    const { path, fields, authorization } = await run(request);
    assert.equal(path, '/v1/entail');
    assert.deepEqual(fields, [
      ['image', hash(PICTURE)],
      ['hypothesis', 'A dog runs.'],
    ]);
    assert.equal(authorization, undefined);
  });

  it('asks several as a stream, with premise, explanation and key', async () => {
    const hypotheses = ['A dog runs.', 'A cat sleeps.'];
    const more = { hypotheses, premise: 'a park', explain: true, withKey: true };
    const { path, fields, authorization, accept } = await run({ ...request, ...more });
    assert.equal(path, '/v1/entail/batch');
    assert.deepEqual(fields.slice(1), [
      ['hypothesis', 'A dog runs.'],
      ['hypothesis', 'A cat sleeps.'],
      ['premise', 'a park'],
      ['explain', 'true'],
    ]);
    assert.deepEqual([authorization, accept], ['Bearer ee_key', 'application/x-ndjson']);
  });

  it('fetches a scene of the gallery by itself', async () => {
    const { fields } = await run({ ...request, image: { url: `${endpoint}/gallery/x.png` } });
    assert.deepEqual(fields[0], ['image', hash(PICTURE)]);
  });

  it('carries any text and any file name through shell and curl', async () => {
    const hypotheses = [
      "It's a dog's day",
      '@photo.jpg',
      '<photo.jpg',
      'a; type=text/html',
      '"quoted" $HOME `date` \\ !',
      'zwei Vögel 🐦',
      'two\nlines',
    ];
    const name = `my "best", photo; it's $1 \\ 🐦.jpg`;
    const { fields } = await run({ ...request, hypotheses, image: { name, copied: false } });
    assert.deepEqual(fields, [
      ['image', hash(PICTURE)],
      ...hypotheses.map((text) => ['hypothesis', text]),
    ]);
  });
});
