import { parseArgs } from 'node:util';
import { runCommand } from './lib/run-command.ts';
import { pruneModels } from './rollout/prune-models.ts';
import { runningRevisions } from './rollout/running-revisions.ts';
import { shortRevision } from './rollout/short-revision.ts';
import { BUCKET_OPTIONS, withBucket } from './rollout/with-bucket.ts';

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: { endpoint: { type: 'string' }, ...BUCKET_OPTIONS },
  });
  const { endpoint } = values;
  const running = endpoint === undefined ? new Set<string>() : await runningRevisions(endpoint);
  await withBucket(values, async (target) => {
    const { kept, removed, objects } = await pruneModels(target, { running, now: new Date() });
    for (const { version, reason } of kept) {
      console.log(`kept     ${shortRevision(version.revision)}  ${version.name}: ${reason}`);
    }
    for (const { revision, name } of removed) {
      console.log(`removed  ${shortRevision(revision)}  ${name}`);
    }
    console.log(`${target.name}: ${objects.length} objects removed`);
  });
});
