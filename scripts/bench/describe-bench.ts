import { styleText } from 'node:util';
import type { MemoryLedger } from './measure-variant.ts';
import { STAGES } from './stage-times.ts';
import type { BenchSummary, VariantResult } from './summarise.ts';

const NAME_WIDTH = 12;
const CELL_WIDTH = 11;

/** Writes a benchmark's outcome as tables for a terminal. */
export function describeBench({ rounds, median, ratios, variants }: BenchSummary): string {
  const names = variants.map(({ name }) => name);
  const lines = [heading(`ms, median of ${rounds}`, names)];
  for (const stage of [...STAGES, 'total'] as const) {
    lines.push(
      row(
        stage,
        names.map((name) => (median[name]?.[stage] ?? Number.NaN).toFixed(0)),
      ),
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
  lines.push('', heading('ratio', []));
  for (const [name, ratio] of Object.entries(ratios)) {
    lines.push(`${name.padEnd(NAME_WIDTH * 2)}${ratio.toFixed(2)}`);
  }
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
