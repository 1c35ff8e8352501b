import type { runWrangler } from '../lib/run-wrangler.ts';
import { type Push, pushModel } from '../rollout/push-model.ts';
import { openRemoteBucket } from '../rollout/remote-bucket-target.ts';
import { DeployError } from './deploy-error.ts';
import { nextStep } from './next-step.ts';

/**
 * Brings a model into a bucket at the platform.
 *
 * @throws {DeployError} It could not be brought there whole.
 */
export async function pushToPlatform(
  modelFolder: string,
  bucketName: string,
  wrangler: typeof runWrangler,
): Promise<Push> {
  const target = await openRemoteBucket(bucketName, wrangler);
  try {
    return await pushModel(modelFolder, target);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new DeployError(what, nextStep(what));
  } finally {
    await target.close();
  }
}
