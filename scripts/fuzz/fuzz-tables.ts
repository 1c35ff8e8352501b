import type { Table } from '../lib/table.ts';
import type { FuzzSummary } from './summary.ts';

/** What a table shows at most of a finding. */
const DETAIL_CHARACTERS = 160;

/** A run as tables: codes by series, the slowest answers, memory, findings. */
export function fuzzTables({ series, good, ledger, findings }: FuzzSummary): Table[] {
  const codes = [...new Set(series.flatMap((each) => Object.keys(each.codes)))].sort();
  const tables: Table[] = [
    {
      title: 'answers',
      columns: series.map(({ name }) => name),
      rows: [
        ['sent', ...series.map(({ sent }) => String(sent))],
        ...codes.map((code) => [code, ...series.map((each) => String(each.codes[code] ?? 0))]),
        ['slowest, ms', ...series.map(({ slowestMs }) => slowestMs.toFixed(0))],
      ],
    },
    {
      title: 'good pictures in between',
      columns: ['sent', 'wrong'],
      rows: [['', String(good.sent), String(good.wrong)]],
    },
  ];
  if (ledger.length > 0) {
    tables.push({
      title: 'ledger, MiB',
      columns: ['at rest'],
      rows: ledger.map(({ behind, mib }) => [behind, mib.toFixed(2)]),
    });
  }
  if (findings.length > 0) {
    tables.push({
      title: 'findings',
      columns: ['what', 'detail', 'file'],
      rows: findings.map(({ kind, name, detail, file }) => [
        kind,
        name,
        detail.slice(0, DETAIL_CHARACTERS),
        file ?? '',
      ]),
    });
  }
  return tables;
}
