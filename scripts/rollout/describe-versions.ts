import type { BucketPointer } from './bucket-pointer.ts';
import { shortRevision } from './short-revision.ts';

/** A bucket's versions as lines for a terminal, the newest first. */
export function describeVersions(pointer: BucketPointer): string {
  const lines = pointer.versions
    .toReversed()
    .map(({ revision, name, dtype, ...version }) => [
      shortRevision(revision),
      revision === pointer.revision ? 'current' : revision === pointer.previous ? 'previous' : '',
      `${(version.bytes / 2 ** 20).toFixed(1)} MiB`,
      dtype,
      minute(version.pushed_at),
      version.left_at === null ? '' : minute(version.left_at),
      name,
    ]);
  const rows = [['revision', '', 'shards', 'as', 'pushed (UTC)', 'left (UTC)', 'name'], ...lines];
  const widths = [12, 8, 10, 4, 16, 16];
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
