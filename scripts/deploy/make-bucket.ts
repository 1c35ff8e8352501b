import type { runWrangler } from '../lib/run-wrangler.ts';
import { DeployError } from './deploy-error.ts';
import { nextStep } from './next-step.ts';

/** The platform's words for a bucket of the account's own. */
const THERE = /already exists|\[code: (10004|10073)\]/i;

/**
 * Makes a bucket where there is none.
 *
 * @returns `there`: it was there already.
 * @throws {DeployError} It cannot be made.
 */
export async function makeBucket(
  wrangler: typeof runWrangler,
  bucketName: string,
): Promise<'made' | 'there'> {
  const { exitCode, output } = await wrangler(['r2', 'bucket', 'create', bucketName]);
  if (exitCode === 0) return 'made';
  if (THERE.test(output)) return 'there';
  throw new DeployError(`cannot make bucket ${bucketName}: ${output.trim()}`, nextStep(output));
}
