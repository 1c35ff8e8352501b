import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createClient } from '../../client/index.ts';
import { SCENES } from '../../public/page/gallery/scenes.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { bundleOnce } from './bundle-once.ts';

/** A file of the gallery is fetched by every visitor. */
const MAX_SCENE_BYTES = 60_000;

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());

describe('the gallery, with the default model in workerd', () => {
  const client = createClient({ endpoint: worker.url });
  for (const { path, sentences } of SCENES) {
    it(`${path}: one sentence of each label, answered rightly`, async () => {
      const image = await (await fetch(`${worker.url}${path}`)).arrayBuffer();
      assert.ok(image.byteLength < MAX_SCENE_BYTES, `${image.byteLength} bytes`);
      const hypotheses = sentences.map(({ text }) => text);
      const answers = await client.entailBatch({ image, hypotheses });
      assert.deepEqual(
        answers.map((answer) => ('label' in answer ? answer.label : answer.code)),
        sentences.map(({ label }) => label),
      );
      assert.deepEqual(sentences.map(({ label }) => label).sort(), [
        'contradiction',
        'entailment',
        'neutral',
      ]);
    });
  }
});
