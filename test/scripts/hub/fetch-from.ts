import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSource } from '../../../scripts/hub/checkpoint-source.ts';
import { type FetchedCheckpoint, fetchCheckpoint } from '../../../scripts/hub/fetch-checkpoint.ts';
import { openRepository, type RepositoryOptions } from '../../../scripts/hub/open-repository.ts';
import type { TransferSettings } from '../../../scripts/hub/transfer-settings.ts';
import { createRandom } from '../../../scripts/scenes/random.ts';
import type { HubFiles } from '../../lib/hub/hub-listing.ts';
import type { StandInHub } from '../../lib/hub/stand-in-hub.ts';

/** The ways to one repository of the stand-in. */
export const WAYS = ['modelscope', 'hf', 'folder'] as const;

/** One of the {@linkcode WAYS}. */
export type Way = (typeof WAYS)[number];

/** Files in the shape of a checkpoint, of random bytes where nobody reads them. */
export function checkpointFiles(weightBytes: number): Map<string, Uint8Array> {
  const { below } = createRandom(`weights/${weightBytes}`);
  const text = (it: unknown) => Buffer.from(JSON.stringify(it));
  return new Map<string, Uint8Array>([
    ['README.md', Buffer.from('# not needed')],
    ['config.json', text({ model_type: 'ofa' })],
    ['configuration.json', text({ task: 'visual-entailment' })],
    ['ans2label.json', text({ no: 0, yes: 1, maybe: 2 })],
    ['vocab.json', text(Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`w${i}`, i])))],
    ['merges.txt', Buffer.from('#version: 0.2\na b\n'.repeat(500))],
    ['pytorch_model.bin', Uint8Array.from({ length: weightBytes }, () => below(256))],
  ]);
}

/** Lists and fetches as the command does, in a hurry. */
export async function fetchFrom(
  hub: StandInHub,
  way: Way,
  options: Partial<RepositoryOptions & TransferSettings> & {
    readonly onBytes?: (done: number, total: number) => void;
  } = {},
): Promise<FetchedCheckpoint> {
  const from = way === 'folder' ? `${hub.url}/folder/` : `${way}:someone/something`;
  const source = parseSource(from);
  if (source.kind === 'folder') throw new Error('expected something to fetch');
  const endpoint = way === 'folder' ? undefined : hub.url;
  const repository = await openRepository(
    source,
    { revision: options.revision, endpoint: options.endpoint ?? endpoint },
    {
      signal: options.signal ?? new AbortController().signal,
      stallMs: options.stallMs ?? 150,
      firstWaitMs: 1,
      onTrouble: options.onTrouble ?? (() => {}),
    },
  );
  return fetchCheckpoint(repository, options.onBytes ?? (() => {}));
}

/** Files of a cache that carry their final name and are not what the hub has; there must never be one. */
export function wrongFiles(folder: string, files: HubFiles): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.partial$|^\.lock$/.test(entry.name))
    .filter(({ name, parentPath }) => {
      const right = files.get(name);
      return right === undefined || !readFileSync(join(parentPath, name)).equals(right);
    })
    .map(({ name }) => name);
}
