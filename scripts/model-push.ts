import { parseArgs } from 'node:util';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';
import { describePush } from './rollout/describe-push.ts';
import { pushModel } from './rollout/push-model.ts';
import { BUCKET_OPTIONS, BUCKET_USAGE, withBucket } from './rollout/with-bucket.ts';

const USAGE = `npm run model:push -- --model DIR
${BUCKET_USAGE}`;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: { model: { type: 'string' }, ...BUCKET_OPTIONS },
  });
  const { model } = values;
  if (model === undefined) throw new Error(`cannot push: --model is needed\nusage: ${USAGE}`);
  await withBucket(values, async (target) => {
    const progress = createProgress();
    try {
      const push = await pushModel(userPath(model), target, (done, total) => {
        progress.show(`to ${target.name}`, done, total);
      });
      progress.stop();
      console.log(describePush(push, target.name));
    } finally {
      progress.stop();
    }
  });
});
