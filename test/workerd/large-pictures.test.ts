import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { drawnPicture } from '../../scripts/bench/drawn-picture.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { type Answer, postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** RGB: 9 bytes a pixel while it is decoded, 67 MB in all. */
const SIZE = { width: 3000, height: 2500 };
const large = drawnPicture(SIZE.width, SIZE.height);

async function start(images: boolean): Promise<LocalWorker> {
  const bundleFolder = await bundleOnce();
  const worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder, images });
  after(() => worker.dispose());
  return worker;
}

function ask({ url }: LocalWorker, image: Uint8Array): Promise<Answer> {
  const question = { image, hypothesis: 'there is a bird.', premise: null };
  return postEntail(url, REQUEST_FORMS.multipart(question));
}

describe('a picture that is too large to decode', () => {
  it('is refused with the size that would fit', async () => {
    const worker = await start(false);
    const { detail } = expectProblem(await ask(worker, large), 'image_too_large');
    const [, width, height] = /shrink it to (\d+) x (\d+)/.exec(detail) ?? [];
    const fitting = drawnPicture(Number(width), Number(height));
    const answer = await ask(worker, fitting);
    assert.equal(answer.status, 200);
  });

  it('is answered where Cloudflare Images is bound, with the size of the file', async () => {
    const { status, text } = await ask(await start(true), large);
    assert.equal(status, 200, text);
    const { image } = JSON.parse(text);
    assert.deepEqual(image, { format: 'png', ...SIZE });
  });
});
