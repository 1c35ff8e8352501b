import { styleText } from 'node:util';
import type { MemoryLedger } from './measure-variant.ts';
import { STAGES } from './stage-times.ts';
import type { BenchSummary, VariantResult } from './summarise.ts';

const NAME_WIDTH = 12;
const CELL_WIDTH = 11;

/** Writes a benchmark's outcome as tables for a terminal. */
export function describeBench({ rounds, median, ratios, variants }: BenchSummary): string {
  const names = variants.map(({ name }) => name);
  const withRatio = names.includes('int8') && names.includes('fp32');
  const lines = [
    heading(`ms, median of ${rounds}`, [...names, ...(withRatio ? ['int8/fp32'] : [])]),
  ];
  for (const stage of [...STAGES, 'total'] as const) {
    const ratio = ratios[`${stage}_int8_fp32`];
    lines.push(
      row(stage, [
        ...names.map((name) => (median[name]?.[stage] ?? Number.NaN).toFixed(0)),
        ...(ratio === undefined ? [] : [ratio.toFixed(2)]),
      ]),
    );
  }
  lines.push(
    row(
      'first',
      variants.map(({ first }) => first.ms.total.toFixed(0)),
    ),
  );
  lines.push(
    row(
      'load',
      variants.map(({ load: { ms } }) => (ms.runtime + ms.model).toFixed(0)),
    ),
  );
  lines.push('', heading('memory, MiB', names));
  lines.push(...ledgerRows('loaded', variants, ({ loaded }) => loaded));
  lines.push(...ledgerRows('after', variants, ({ after }) => after));
  return lines.join('\n');
}

function ledgerRows(
  moment: string,
  variants: readonly VariantResult[],
  pick: (ledger: VariantResult['ledger']) => MemoryLedger | undefined,
): string[] {
  const cell = (part: keyof MemoryLedger) =>
    variants.map(({ ledger }) => pick(ledger)?.[part].toFixed(1) ?? '-');
  return [
    row(`${moment}: JS`, cell('javascript')),
    row('buffers', cell('buffers')),
    row('WASM', cell('wasm')),
    row('in all', cell('total')),
  ];
}

function heading(title: string, columns: readonly string[]): string {
  return styleText('bold', row(title, columns));
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(NAME_WIDTH + 8) + cells.map((cell) => cell.padStart(CELL_WIDTH)).join('');
}
