import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { runWrangler } from '../lib/run-wrangler.ts';
import { DeployError } from './deploy-error.ts';
import { nextStep } from './next-step.ts';

const recordSchema = z.object({
  type: z.literal('deploy'),
  version_id: z.nullable(z.string()),
  targets: z.array(z.string()),
});

/** A Worker that has been uploaded. */
export interface DeployedWorker {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  readonly versionId: string;
}

/**
 * Uploads the Worker and its page, and switches to them.
 *
 * @throws {DeployError} It is refused, or there is no address where it answers.
 */
export async function deployWorker(wrangler: typeof runWrangler): Promise<DeployedWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-deploy-'));
  try {
    const file = join(folder, 'records.ndjson');
    const { exitCode, output } = await wrangler(['deploy'], { WRANGLER_OUTPUT_FILE_PATH: file });
    if (exitCode !== 0) {
      throw new DeployError(`cannot upload the Worker: ${output.trim()}`, nextStep(output));
    }
    const records = await readFile(file, 'utf8').catch(() => '');
    const record = records
      .split('\n')
      .map(parse)
      .find((found) => found !== null);
    const [target] = record?.targets ?? [];
    if (record === undefined || target === undefined) {
      throw new DeployError(
        'the Worker is uploaded, but answers nowhere',
        'in wrangler.toml name a route, or set workers_dev = true',
      );
    }
    return { url: urlOf(target), versionId: record.version_id ?? 'unknown' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parse(line: string): z.output<typeof recordSchema> | null {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** A URL, or a route as `entail.example/* (zone name: entail.example)`. */
function urlOf(target: string): string {
  const [address = ''] = target.split(' ');
  const url = address.includes('://') ? address : `https://${address}`;
  return url.replace(/\/?\*?$/, '');
}
