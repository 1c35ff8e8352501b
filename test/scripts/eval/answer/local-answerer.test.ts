import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { entail } from '../../../../functions/pipeline/entail.ts';
import { openLocalAnswerer } from '../../../../scripts/eval/answer/local-answerer.ts';
import { defaultModelFolder } from '../../../../scripts/lib/default-model-folder.ts';
import { createNodeHost } from '../../../../scripts/lib/node-host.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

/** Threads share sums out differently, which moves a float32 logit in its last places. */
const MAX_SCORE_DIFFERENCE = 1e-4;
const fixture = (name: string) =>
  readFile(new URL(`../../../fixtures/images/${name}`, import.meta.url));

describe('openLocalAnswerer()', async () => {
  const answerer = await openLocalAnswerer(defaultModelFolder);
  after(() => answerer.close());

  it('answers as entail() does, with and without a premise, though the picture is encoded once', async () => {
    const { model, codecs } = await createNodeHost(defaultModelFolder, 1);
    for (const name of ['rgb.png', 'exif-orientation-6.jpg']) {
      const image = await fixture(name);
      const picture = await answerer.open(image);
      for (const premise of [null, 'two dogs', ' ']) {
        for (const hypothesis of ['a red car', 'There are TWO birds.']) {
          const { label, scores } = await picture.ask(hypothesis, premise);
          const expected = await entail(model, codecs, { image, hypothesis, premise });
          assert.equal(label, expected.label);
          const difference = Math.abs(scores.neutral - expected.scores.neutral);
          assert.ok(difference <= MAX_SCORE_DIFFERENCE, `${difference}`);
        }
      }
      picture.release();
    }
    model.release();
  });

  it('says which model it is, and takes one question at a time', async () => {
    const { model } = await createNodeHost(defaultModelFolder, 1);
    const { name, dtype } = model.manifest;
    assert.deepEqual(answerer.model, { name, dtype, revision: model.revision });
    assert.deepEqual([answerer.via, answerer.concurrency], ['here', 1]);
    model.release();
  });

  it('refuses what the endpoint would refuse', async () => {
    const picture = await answerer.open(await fixture('rgb.png'));
    await assert.rejects(picture.ask('?', null), { code: 'invalid_request' });
    await assert.rejects(picture.ask('a', 'a\u0007'), { code: 'bad_text' });
    picture.release();
    await assert.rejects(answerer.open(new TextEncoder().encode('GIF89a')), {
      code: 'unsupported_media',
    });
  });

  it('needs a model in the folder', async () => {
    await assert.rejects(openLocalAnswerer(temporaryFolder()), /it has no manifest\.json/);
  });
});
