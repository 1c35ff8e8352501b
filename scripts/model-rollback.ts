import { parseArgs } from 'node:util';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';
import { rollBack } from './rollout/roll-back.ts';
import { shortRevision } from './rollout/short-revision.ts';
import { BUCKET_OPTIONS, withBucket } from './rollout/with-bucket.ts';

await runCommand(async (args) => {
  const { values } = parseArgs({ args, options: { to: { type: 'string' }, ...BUCKET_OPTIONS } });
  await withBucket(values, async (target) => {
    const progress = createProgress();
    try {
      const { from, to } = await rollBack(target, values.to ?? null, (done, total) => {
        progress.show(`check in ${target.name}`, done, total);
      });
      progress.stop();
      console.log(
        `${target.name}: current is ${shortRevision(to.revision)} (${to.name}), ` +
          `before it ${shortRevision(from.revision)} (${from.name}), which stays.\n` +
          'Isolates that run keep the version they loaded, and say so in every answer; new ones load this one. ' +
          'To replace all of them now: npx wrangler deploy',
      );
    } finally {
      progress.stop();
    }
  });
});
