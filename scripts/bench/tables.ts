import type { Table } from '../lib/table.ts';
import { STAGES } from './stage-times.ts';
import { type BenchSummary, median, typicalColdStart } from './summarise.ts';

/** A benchmark's outcome, table by table. */
export function benchTables(summary: BenchSummary): Table[] {
  return [
    stageTable(summary),
    ratioTable(summary),
    coldTable(summary),
    askedTable(summary),
    batchTable(summary),
    pictureTable(summary),
    promptTable(summary),
    throughputTable(summary),
    ledgerTable(summary),
    ...requestTables(summary),
  ].filter(({ rows }) => rows.length > 0);
}

function stageTable({ rounds, median: medians, variants, native }: BenchSummary): Table {
  const names = variants.map(({ name }) => name);
  const rows = [...STAGES, 'total' as const].map((stage) => {
    const cells = names.map((name) => ms(medians[name]?.[stage]));
    if (native === null) return [stage, ...cells];
    const own = native.map((times) =>
      stage === 'total'
        ? times.vision + times.judge
        : stage === 'vision' || stage === 'judge'
          ? times[stage]
          : Number.NaN,
    );
    return [stage, ...cells, ms(median(own))];
  });
  const columns = native === null ? names : [...names, 'native fp32'];
  return { title: `ms, median of ${rounds}`, columns, rows };
}

function ratioTable({ ratios }: BenchSummary): Table {
  const rows = Object.entries(ratios).map(([name, ratio]) => [name, ratio.toFixed(2)]);
  return { title: 'ratio', columns: [''], rows };
}

function coldTable({ cold }: BenchSummary): Table {
  const typical = typicalColdStart(cold);
  if (typical === undefined) return { title: 'new isolate, ms', columns: [], rows: [] };
  const { load, first } = typical;
  const rows = load.steps
    .toSorted((a, b) => a.from - b.from)
    .map(({ name, from, to }) => [name, ms(from), ms(to)]);
  const end = load.ms + first.ms.total;
  return {
    title: 'new isolate, ms',
    columns: ['from', 'to'],
    rows: [...rows, ['first answer', ms(load.ms), ms(end)]],
  };
}

function askedTable({ asked }: BenchSummary): Table {
  const rows = [
    ['a new picture', ms(median(asked.first))],
    ['the same question again', ms(median(asked.again))],
    ['another sentence about it', ms(median(asked.further))],
  ];
  return { title: 'pictures seen, ms', columns: [''], rows };
}

function batchTable({ batches }: BenchSummary): Table {
  return {
    title: 'sentences in a request',
    columns: ['ms', 'a sentence, ms', 'ledger, MiB'],
    rows: batches.map(({ hypotheses, ms: all, totalMib }) => [
      `${hypotheses}`,
      ms(all),
      ms(all / hypotheses),
      mib(totalMib),
    ]),
  };
}

function pictureTable({ pictures }: BenchSummary): Table {
  return {
    title: 'picture',
    columns: ['megapixels', 'buffers, kB', 'decode, ms', 'resize, ms', 'total, ms', 'peak, MiB'],
    rows: pictures.map(({ name, megapixels, answer, peakMib }) => [
      name,
      megapixels.toFixed(1),
      (answer.bufferBytes / 1000).toFixed(0),
      ms(answer.ms.decode),
      ms(answer.ms.resize),
      ms(answer.ms.total),
      mib(peakMib),
    ]),
  };
}

function promptTable({ prompts }: BenchSummary): Table {
  return {
    title: 'prompt',
    columns: ['tokens', 'judge, ms'],
    rows: prompts.map(({ name, answer }) => [name, `${answer.tokens}`, ms(answer.ms.judge)]),
  };
}

function throughputTable({ throughput }: BenchSummary): Table {
  return {
    title: 'at a time',
    columns: ['answers a second'],
    rows: throughput.map(({ concurrency, perSecond }) => [`${concurrency}`, perSecond.toFixed(2)]),
  };
}

function ledgerTable({ variants }: BenchSummary): Table {
  const cells = (pick: (it: BenchSummary['variants'][number]) => number | undefined) =>
    variants.map((variant) => mib(pick(variant)));
  return {
    title: 'between requests, MiB',
    columns: variants.map(({ name }) => name),
    rows: [
      ['JavaScript', ...cells(({ ledger }) => ledger.after?.javascript)],
      ['buffers', ...cells(({ ledger }) => ledger.after?.buffers)],
      ['WASM', ...cells(({ ledger }) => ledger.after?.wasm)],
      ['in all', ...cells(({ ledger }) => ledger.after?.total)],
    ],
  };
}

function requestTables({ requests }: BenchSummary): Table[] {
  const rows = requests.map(({ count, totalMib }) => [`${count}`, mib(totalMib)]);
  return [{ title: 'mixed requests', columns: ['ledger, MiB'], rows }];
}

function ms(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(0);
}

function mib(value: number | undefined): string {
  return value?.toFixed(1) ?? '-';
}
