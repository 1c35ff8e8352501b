import assert from 'node:assert/strict';
import { it } from 'node:test';
import { build } from 'esbuild';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { startTwoWorkers } from './two-workers.ts';

/** A Worker that asks another one, and shows a batch as it streams in. */
const CALLER = `
import { createClient, EndpointError } from './client/index.ts';

export default {
  async fetch(request, env) {
    const client = createClient({
      endpoint: 'https://entail.internal',
      fetch: env.ENTAIL.fetch.bind(env.ENTAIL),
    });
    const image = await request.arrayBuffer();
    const hypotheses = ['there are two birds.', 'there is no crab.'];
    try {
      const { label } = await client.entail({ image, hypothesis: hypotheses[0] });
      const labels = [];
      for await (const result of client.entailStream({ image, hypotheses })) labels.push(result.label);
      return Response.json({ label, labels });
    } catch (error) {
      if (error instanceof EndpointError) return Response.json({ code: error.code });
      throw error;
    }
  },
};
`;

async function bundleCaller(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: CALLER, resolveDir: repositoryFolder, sourcefile: 'caller.js' },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0]?.text ?? assert.fail();
}

it('createClient() asks through a service binding, from one Worker to another', async (t) => {
  const url = await startTwoWorkers(t, await bundleCaller());
  const ask = async (body: Uint8Array) =>
    (await fetch(url, { method: 'POST', body: Uint8Array.from(body) })).json();
  assert.deepEqual(await ask(sceneFixture('two-birds.png')), {
    label: 'entailment',
    labels: ['entailment', 'contradiction'],
  });
  assert.deepEqual(await ask(Uint8Array.of(1, 2, 3)), { code: 'unsupported_media' });
});
