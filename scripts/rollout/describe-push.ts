import type { Push } from './push-model.ts';
import { shortRevision } from './short-revision.ts';

/** What a push did, object by object, and what it came to. */
export function describePush({ objects, revision, replaced }: Push, bucketName: string): string {
  const lines = objects.map(({ key, bytes, done }) => {
    const [, hash, extension] = /^([0-9a-f]{64})(\..+)$/.exec(key) ?? [];
    const short = hash === undefined ? key : `${hash.slice(0, 12)}...${extension}`;
    return `${short.padEnd(22)} ${bytes.toLocaleString('en').padStart(12)}  ${done}`;
  });
  const sent = objects.filter(({ done }) => done === 'sent');
  const sentBytes = sent.reduce((sum, { bytes }) => sum + bytes, 0).toLocaleString('en');
  const before =
    replaced === null
      ? ''
      : `; before it ${shortRevision(replaced)}, which \`npm run model:rollback\` goes back to`;
  return [
    `${'object'.padEnd(22)} ${'bytes'.padStart(12)}`,
    ...lines,
    '',
    `${bucketName}: ${sent.length} sent (${sentBytes} bytes), ${objects.length - sent.length} there already; all read back and checked`,
    `current: ${shortRevision(revision)}${before}`,
  ].join('\n');
}
