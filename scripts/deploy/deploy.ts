import type { Verdict } from '../../functions/pipeline/verdict.ts';
import type { WorkerBundle } from '../lib/build-worker.ts';
import { type ModelFolder, readModelFolder } from '../lib/model-folder.ts';
import type { runWrangler } from '../lib/run-wrangler.ts';
import type { Push } from '../rollout/push-model.ts';
import { shortRevision } from '../rollout/short-revision.ts';
import { checkLogin } from './check-login.ts';
import { type DeployedWorker, deployWorker } from './deploy-worker.ts';
import { checkAnswer, expectedVerdict, HYPOTHESIS, PICTURE } from './first-question.ts';
import { makeBucket } from './make-bucket.ts';
import { measureUpload, type Upload } from './measure-upload.ts';
import { mib } from './mib.ts';
import { pushToPlatform } from './push-to-platform.ts';
import { type Waiting, waitUntilDeployed } from './wait-until-deployed.ts';

/** What is deployed, and through what. */
export interface Deployment {
  readonly modelFolder: string;
  /** Made by `buildWorker()`: what wrangler would upload. */
  readonly bundle: WorkerBundle;
  /** Replaced where there is no account. */
  readonly wrangler: typeof runWrangler;
  /** The account that the environment names, if any. */
  readonly accountId: string | undefined;
  readonly waiting: Waiting;
  /** Takes what each step does, and then what came of it. */
  readonly say: (line: string) => void;
}

/** What a deployment came to. */
export interface Deployed {
  readonly model: ModelFolder;
  readonly upload: Upload;
  readonly push: Push;
  readonly worker: DeployedWorker;
  readonly verdict: Verdict;
  /** From the first question to its answer, the model loaded. */
  readonly answerMs: number;
}

const STEPS = 7;

/**
 * Brings the Worker and a model to the platform and sees them answer. Each step can be repeated; what can be checked on
 * this machine is checked before anything is changed there.
 *
 * @throws {DeployError} A step failed; the message says what to do next.
 */
export async function deploy(deployment: Deployment): Promise<Deployed> {
  const { modelFolder, bundle, wrangler, accountId, waiting, say } = deployment;
  let step = 0;
  function begin(name: string, does: string): void {
    step += 1;
    say(`${step}/${STEPS} ${name.padEnd(7)} ${does}`);
  }
  const tell = (result: string) => say(`            ${result}`);

  begin('model', 'reads it, and asks it one question on this machine');
  const model = await readModelFolder(modelFolder);
  const expected = await expectedVerdict(modelFolder);
  tell(`${describeModel(model)}; it says ${expected.label}`);

  begin('sizes', "compares what is uploaded with the platform's limits");
  const upload = await measureUpload(bundle);
  tell(describeUpload(upload));

  begin('login', 'asks wrangler who is logged in');
  tell(await checkLogin(wrangler, accountId));

  const { bucketName } = bundle.config;
  begin('bucket', `makes ${bucketName} in R2, where it is not there`);
  tell(await makeBucket(wrangler, bucketName));

  begin('shards', 'sends what the bucket lacks, reads it back, and switches its pointer last');
  const push = await pushToPlatform(modelFolder, bucketName, wrangler);
  tell(describePush(push));

  begin('worker', 'uploads the Worker and its page');
  const worker = await deployWorker(wrangler);
  tell(`${worker.url}, version ${worker.versionId}`);

  begin('answer', `waits for /readyz, and asks what it asked here: ${PICTURE}, "${HYPOTHESIS}"`);
  const readyMs = await waitUntilDeployed(worker.url, model.revision, waiting);
  const asked = performance.now();
  const verdict = await checkAnswer(worker.url, expected);
  const answerMs = performance.now() - asked;
  tell(`ready after ${(readyMs / 1000).toFixed(1)} s; ${verdict.label}, with the same scores`);
  return { model, upload, push, worker, verdict, answerMs };
}

function describeModel({ manifest, revision, shards }: ModelFolder): string {
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  return `${manifest.name} (${manifest.dtype}), ${shortRevision(revision)}: ${shards.length} shards, ${mib(bytes)}`;
}

function describeUpload({ bytes, gzipBytes, assets }: Upload): string {
  return `Worker ${mib(bytes)}, ${mib(gzipBytes)} gzipped (at most 10); page ${assets.files} files, ${mib(assets.bytes)}`;
}

function describePush({ objects, replaced }: Push): string {
  const sent = objects.filter(({ done }) => done === 'sent').length;
  const stays = replaced === null ? '' : `; the version before, ${shortRevision(replaced)}, stays`;
  return `${sent} objects sent, ${objects.length - sent} there already${stays}`;
}
