import { parseArgs } from 'node:util';
import { openLocalBucket } from './lib/local-bucket-target.ts';
import { createProgress } from './lib/progress.ts';
import { type PushedObject, pushModel } from './lib/push-model.ts';
import { openRemoteBucket } from './lib/remote-bucket-target.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';

const USAGE = `npm run model:push -- --model DIR --bucket NAME
  [--local]    into the bucket that wrangler dev uses on this machine (unless told otherwise)
  [--remote]   into the bucket at Cloudflare, through wrangler`;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string' },
      bucket: { type: 'string' },
      local: { type: 'boolean', default: false },
      remote: { type: 'boolean', default: false },
    },
  });
  const { model, bucket, local, remote } = values;
  if (model === undefined || bucket === undefined) {
    throw new Error(`cannot push: --model and --bucket are needed\nusage: ${USAGE}`);
  }
  if (local && remote) throw new Error('--local and --remote exclude each other');
  const progress = createProgress();
  const target = await (remote ? openRemoteBucket(bucket) : openLocalBucket(bucket));
  try {
    const pushed = await pushModel(userPath(model), target, (done, total) => {
      progress.show(`to ${target.name}`, done, total);
    });
    progress.stop();
    console.log(describe(pushed, target.name));
  } finally {
    progress.stop();
    await target.close();
  }
});

function describe(pushed: readonly PushedObject[], bucketName: string): string {
  const lines = pushed.map(({ key, bytes, done }) => {
    const short = key.length > 24 ? `${key.slice(0, 12)}...bin` : key;
    return `${short.padEnd(20)} ${bytes.toLocaleString('en').padStart(12)}  ${done}`;
  });
  const sent = pushed.filter(({ done }) => done === 'sent');
  const sentBytes = sent.reduce((sum, { bytes }) => sum + bytes, 0).toLocaleString('en');
  return [
    `${'object'.padEnd(20)} ${'bytes'.padStart(12)}`,
    ...lines,
    `\n${bucketName}: ${sent.length} sent (${sentBytes} bytes), ${pushed.length - sent.length} there already; all read back and checked`,
  ].join('\n');
}
