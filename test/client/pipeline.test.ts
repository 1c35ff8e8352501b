import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pipeline } from '../../client/index.ts';
import { VERDICT } from './fake-endpoint.ts';

const OPTIONS = { endpoint: 'https://service.example' };

describe('pipeline()', () => {
  it("gives the model's word and its probability, as ModelScope does for one question", async () => {
    const sent: (readonly [string, unknown])[] = [];
    const ofa = pipeline('visual-entailment', {
      ...OPTIONS,
      fetch: async (url, init) => {
        sent.push(...(await new Request(url, init).formData()));
        return Response.json(VERDICT);
      },
    });
    const image = new Uint8Array(10);
    const answer = await ofa({ image, text: 'two birds.', text2: 'a park' });
    assert.deepEqual(answer, { labels: 'no', scores: 0.91 });
    assert.deepEqual(sent.slice(0, 2), [
      ['hypothesis', 'two birds.'],
      ['premise', 'a park'],
    ]);
    await ofa({ image, text: 'two birds.' });
    assert.deepEqual(
      sent.slice(3).map(([name]) => name),
      ['hypothesis', 'image'],
    );
  });

  it('serves no other task, for callers without types', () => {
    assert.throws(() => Reflect.apply(pipeline, null, ['image-captioning', OPTIONS]), {
      name: 'TypeError',
      message: 'cannot make a pipeline for image-captioning: only visual-entailment is served',
    });
  });
});
