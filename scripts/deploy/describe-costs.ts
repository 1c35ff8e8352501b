import type { Manifest } from '../../functions/model/manifest.ts';
import type { ModelFolder } from '../lib/model-folder.ts';
import { mib } from './mib.ts';
import { PRICES } from './prices.ts';

/** What costs are reckoned from. */
export interface CostBasis {
  readonly model: ModelFolder;
  /** What wrangler was asked to do. */
  readonly commands: readonly (readonly string[])[];
  /** One answer about a new picture, on this machine. */
  readonly answerMs: number;
}

/** What a deployment and its use cost, line by line. */
export function describeCosts({ model, commands, answerMs }: CostBasis): string {
  const { manifest, shards } = model;
  const count = (verb: string) =>
    commands.filter(([, second, third]) => second === 'object' && third === verb).length;
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const reads = readsOfLoad(manifest);
  const included = Math.floor(PRICES.includedCpuMs / answerMs);
  const cpuOfMillion = answerMs * PRICES.perMillionCpuMs;
  const lines: readonly (readonly [string, string])[] = [
    [
      'this push',
      `${count('put')} writes and ${count('get')} reads of R2; sent again, reads alone`,
    ],
    ['storage', `${mib(bytes)} a version: ${dollars((bytes / 1e9) * PRICES.perGbMonth)} a month`],
    [
      'a new isolate',
      `${reads} reads of R2, ${dollars((reads * PRICES.perMillionReads) / 1e6)}; 1 where the location's cache has the shards`,
    ],
    ['an answer', `no read of R2; ${answerMs.toFixed(0)} ms on this machine, nearly all of it CPU`],
    [
      'a month',
      `${dollars(PRICES.plan)} for Workers Paid, which covers ${included.toLocaleString('en')} such answers; ${dollars(cpuOfMillion + PRICES.perMillionRequests)} a million beyond them`,
    ],
  ];
  return lines.map(([name, text]) => `${name.padEnd(14)} ${text}`).join('\n');
}

/** Pointer, manifest, and each shard once; where our kernels run vision, its graph stays in the bucket. */
export function readsOfLoad({ files }: Manifest): number {
  const {
    'vision.onnx': graph,
    'vision.weights': weights,
    'vision.kernels': kernels,
    ...common
  } = files;
  const vision = kernels === undefined ? [graph, weights] : [kernels];
  const read = [...Object.values(common), ...vision].flatMap((file) => file.shards);
  return 2 + new Set(read.map(({ sha256 }) => sha256)).size;
}

function dollars(amount: number): string {
  return amount >= 1 ? `$${amount.toFixed(2)}` : `$${Number(amount.toPrecision(2))}`;
}
