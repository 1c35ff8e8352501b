import type { IsolateLedger } from './isolate-ledger.ts';

const MEGABYTE = 1e6;

/**
 * Says whether a model fits a Worker's isolate, what it would hold there, and what to do when it does not fit.
 *
 * @param folder Where the model is, for the command to run it.
 */
export function describeLedger(
  ledger: IsolateLedger,
  { dtype, folder }: { readonly dtype: 'int8' | 'fp32'; readonly folder: string },
): string[] {
  const { parts, bytes, limit, fits, measured } = ledger;
  const sum = parts.map((part) => `${part.what} ${megabytes(part.bytes)}`).join(' + ');
  const total = `${measured ? '' : 'at least '}${megabytes(bytes)} of ${megabytes(limit)} MB`;
  if (fits && measured) return [`fits a Worker: ${total} at its peak`, `  ${sum}`];
  if (fits) {
    return [`may fit a Worker: ${total} without what it computes with`, `  ${sum}`];
  }
  const ways = [
    ...(dtype === 'fp32' ? ['convert it again with --dtype int8, a quarter of the size'] : []),
    `run it in Node, with all cores: npm run entail -- --model ${folder} IMAGE HYPOTHESIS`,
    'for a Worker convert a smaller one: OFA-tiny in int8 fits',
  ];
  return [
    `does not fit a Worker: ${total} at its peak`,
    `  ${sum}`,
    ...ways.map((way) => `  - ${way}`),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
