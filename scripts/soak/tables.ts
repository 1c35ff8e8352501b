import type { Table } from '../lib/table.ts';
import type { SoakSummary } from './summary.ts';

/** A soak's outcome, table by table. */
export function soakTables({ ladder, mixed, promises }: SoakSummary): Table[] {
  return [
    {
      title: 'clients',
      columns: [
        'right a second',
        'by round',
        'per CPU second',
        'answer p50, p95 ms',
        'refused',
        'refusal p50, p95 ms',
        'queue',
      ],
      rows: ladder.steps.map((step) => [
        `${step.clients} ${step.manners}`,
        step.perSecond.toFixed(1),
        step.perSecondByRound.map((value) => value.toFixed(0)).join(' '),
        step.perCpuSecond?.toFixed(1) ?? '-',
        `${ms(step.answerMs.p50)}, ${ms(step.answerMs.p95)}`,
        `${step.refused} (${((100 * step.refused) / (step.refused + step.right)).toFixed(0)} %)`,
        `${ms(step.refusedMs.p50)}, ${ms(step.refusedMs.p95)}`,
        step.queue.toFixed(1),
      ]),
    },
    {
      title: 'mixed requests',
      columns: ['at rest, MiB', 'peak', 'resident', 'resident peak'],
      rows: mixed.ledgers.map(({ requests, rest, peak, resident }) => [
        `${requests}`,
        ...[rest, peak].map((value) => value.toFixed(1)),
        resident?.now.toFixed(0) ?? '-',
        resident?.peak.toFixed(0) ?? '-',
      ]),
    },
    {
      title: 'promise',
      columns: ['trials', 'found', 'kept'],
      rows: promises.map(({ promise, trials, found, kept }) => [
        promise,
        `${trials}`,
        found,
        kept ? 'yes' : 'NO',
      ]),
    },
  ];
}

function ms(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(0);
}
