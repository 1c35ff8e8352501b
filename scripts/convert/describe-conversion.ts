import { styleText } from 'node:util';
import type { ConversionReport } from './convert-model.ts';
import { describeAgreement } from './describe-agreement.ts';
import { describeLedger } from './describe-ledger.ts';

const MEGABYTE = 1e6;
/** OFA-tiny has two at most; its larger siblings would fill the screen. */
const MAX_SHOWN_SHARDS = 3;

/** Writes what came of a conversion as tables for a terminal. */
export function describeConversion(report: ConversionReport, out: string): string {
  const { manifest, agreement, kept, dropped, ranges, ledger, weights } = report;
  const bold = (text: string) => styleText('bold', text);
  const lines = [
    `${bold(manifest.name)} (${manifest.dtype}) is in ${out}`,
    `from ${weights.files} ${weights.files === 1 ? 'file' : 'files'} (${weights.form}), ${weights.renamed} tensors under names of their own`,
    '',
    bold('parameters'.padEnd(28)) + bold('tensors'.padStart(9)) + bold('numbers'.padStart(13)),
    row('kept', kept),
    row('dropped', dropped),
    '',
    bold('file'.padEnd(18)) + bold('bytes'.padStart(12)) + bold('  shards'),
    ...Object.entries(manifest.files).map(([name, { bytes, shards }]) => {
      const names = shards
        .slice(0, MAX_SHOWN_SHARDS)
        .map(({ sha256, bytes: size }) => `${sha256.slice(0, 8)} ${megabytes(size)}`);
      const rest = shards.length - names.length;
      const shown = [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
      return `${name.padEnd(18)}${bytes.toLocaleString('en').padStart(12)}  ${shown}`;
    }),
    `${'in all'.padEnd(18)}${totalBytes(report).toLocaleString('en').padStart(12)}`,
    '',
    ...describeLedger(ledger, { dtype: manifest.dtype, folder: out }),
  ];
  if (agreement === null) return lines.join('\n');
  return [
    ...lines,
    '',
    bold(`int8 against fp32, ${agreement.questions} questions, ranges from ${ranges}`),
    ...describeAgreement(agreement, ranges),
  ].join('\n');
}

function row(name: string, { tensors, numbers }: ConversionReport['kept']): string {
  return `${name.padEnd(28)}${String(tensors).padStart(9)}${numbers.toLocaleString('en').padStart(13)}`;
}

function megabytes(bytes: number): string {
  return `(${(bytes / MEGABYTE).toFixed(2)} MB)`;
}

function totalBytes({ manifest }: ConversionReport): number {
  return Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0);
}
