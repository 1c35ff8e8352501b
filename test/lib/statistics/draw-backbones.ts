import { barChart } from '../../../scripts/bench/bar-chart.ts';
import type { RangeReport } from '../../../scripts/inspect/inspection-report.ts';

/** A backbone that is off in some way, and what each way to choose ranges makes of it. */
export interface ComparedBackbone {
  readonly backbone: string;
  readonly ranges: readonly RangeReport[];
}

const COLOURS: Readonly<Record<string, string>> = {
  'batch-norm': '#4269d0',
  extremes: '#efb118',
  'p99.999': '#ff725c',
  'p99.99': '#6cc5b0',
  mse: '#a463f2',
};

/** Draws how far off the image tokens are, a group of bars for each backbone. */
export function drawBackbones(compared: readonly ComparedBackbone[]): string {
  return barChart({
    title: 'Error of the image tokens in int8, by backbone and choice of ranges',
    unit: '%',
    rows: compared.flatMap(({ backbone, ranges }) =>
      ranges
        .filter(({ choice }) => choice in COLOURS)
        .map(({ choice, tokens_db: decibels }, index) => ({
          label: index === 0 ? backbone : '',
          parts: [{ value: 100 * 10 ** (-decibels / 20), colour: COLOURS[choice] ?? 'none' }],
        })),
    ),
    legend: Object.entries(COLOURS).map(([name, colour]) => ({ name, colour })),
  });
}
