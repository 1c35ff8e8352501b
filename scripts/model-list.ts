import { parseArgs } from 'node:util';
import { runCommand } from './lib/run-command.ts';
import { describeVersions } from './rollout/describe-versions.ts';
import { readPointerOrRefuse } from './rollout/read-pointer.ts';
import { BUCKET_OPTIONS, withBucket } from './rollout/with-bucket.ts';

await runCommand(async (args) => {
  const { values } = parseArgs({ args, options: BUCKET_OPTIONS });
  await withBucket(values, async (target) => {
    console.log(`${target.name}\n\n${describeVersions(await readPointerOrRefuse(target))}`);
  });
});
