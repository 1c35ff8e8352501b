import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import type { ReferenceCase } from '../lib/reference-cases.ts';
import { bundleOnce } from './bundle-once.ts';
import { type Answer, postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** A reference case and what the endpoint said to it. */
export interface AnsweredCase {
  readonly reference: ReferenceCase;
  readonly answer: Answer;
}

/**
 * Asks a model in workerd, over HTTP, the questions of some reference cases: the original image
 * files, the original texts.
 */
export async function answerCases(
  modelFolder: string,
  cases: readonly ReferenceCase[],
): Promise<AnsweredCase[]> {
  const worker = await startLocalWorker({ modelFolder, bundleFolder: await bundleOnce() });
  try {
    const answered: AnsweredCase[] = [];
    for (const reference of cases) {
      const { image: name, text: hypothesis, premise } = reference;
      const question = { image: imageFixture(name), hypothesis, premise };
      const answer = await postEntail(worker.url, REQUEST_FORMS.multipart(question));
      answered.push({ reference, answer });
    }
    return answered;
  } finally {
    await worker.dispose();
  }
}
