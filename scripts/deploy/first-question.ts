import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entail } from '../../functions/pipeline/entail.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import { createNodeHost } from '../lib/node-host.ts';
import { openClient } from '../lib/open-client.ts';
import { repositoryFolder } from '../lib/repository-folder.ts';
import { DeployError } from './deploy-error.ts';

/** The picture of the first question, from the repository's folder. */
export const PICTURE = 'test/fixtures/scenes/two-birds.png';
/** The sentence that is asked about it. */
export const HYPOTHESIS = 'there are two birds.';
/** The same code on the same weights gives the same scores; another processor may round a last bit otherwise. */
const MAX_SCORE_DIFFERENCE = 0.001;

/** Reads the question that a new endpoint is asked first. */
async function question() {
  const image = new Uint8Array(await readFile(join(repositoryFolder, PICTURE)));
  return { image, hypothesis: HYPOTHESIS, premise: null };
}

/** Answers the first question on this machine: what the endpoint must say, whichever model it is. */
export async function expectedVerdict(modelFolder: string): Promise<Verdict> {
  const { model, codecs } = await createNodeHost(modelFolder, 1);
  try {
    return await entail(model, codecs, await question());
  } finally {
    model.release();
  }
}

/**
 * Asks an endpoint the first question.
 *
 * @throws {DeployError} It answers otherwise than this machine does.
 */
export async function checkAnswer(url: string, expected: Verdict): Promise<Verdict> {
  const { image, hypothesis } = await question();
  const verdict = await openClient(url).entail({ image, hypothesis });
  const { revision } = expected.model;
  if (verdict.model.revision !== revision) {
    throw new DeployError(
      `${url} answered with ${verdict.model.revision}, not with ${revision}`,
      'wait a minute: isolates of the version before may still answer',
    );
  }
  for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
    const [found, right] = [verdict.scores[label], expected.scores[label]];
    if (Math.abs(found - right) <= MAX_SCORE_DIFFERENCE) continue;
    throw new DeployError(
      `${url} answers wrongly: ${label} ${found} for "${HYPOTHESIS}" of ${PICTURE}, ${right} on this machine`,
      'npx wrangler rollback goes back to the Worker before this one, npm run model:rollback -- --remote to its weights',
    );
  }
  return verdict;
}
