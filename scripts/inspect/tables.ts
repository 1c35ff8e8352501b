import type { Table } from '../lib/table.ts';
import { lyingBar, standingBars } from './bars.ts';
import type { EffectReport, InspectionReport, LayerReport } from './inspection-report.ts';

const SHARE_WIDTH = 14;
const EFFECT_COLUMNS = ['answers dB', 'flips', 'largest', 'mean'];

/** Everything that was found, the largest offenders first. */
export function inspectionTables(report: InspectionReport): Table[] {
  return [layerTable(report), rangeTable(report), siteTable(report), keptTable(report)];
}

/** One row a layer. */
export function layerTable({ layers }: InspectionReport): Table {
  const sorted = layers.toSorted((a, b) => b.share - a.share);
  const most = sorted[0]?.share ?? 1;
  return {
    title: 'alone in int8',
    columns: [
      'share of noise',
      '',
      'weights dB',
      'output dB',
      ...EFFECT_COLUMNS,
      'weights',
      'reads',
    ],
    rows: sorted.map((layer) => [
      layer.name,
      `${(100 * layer.share).toFixed(1)} %`,
      lyingBar(layer.share / most, SHARE_WIDTH).padEnd(SHARE_WIDTH),
      decibelCell(layer.weights_db),
      decibelCell(layer.output_db),
      ...effectCells(layer),
      spreadCell(layer.weight_spread),
      spreadCell(layer.activation_spread),
    ]),
  };
}

function rangeTable({ ranges, questions, fp32_right: right }: InspectionReport): Table {
  return {
    title: 'ranges of vision',
    columns: ['tokens dB', ...EFFECT_COLUMNS, 'right'],
    rows: ranges.map((row) => [
      row.choice,
      decibelCell(row.tokens_db),
      ...effectCells(row),
      rightCell(row.right, right, questions),
    ]),
  };
}

function siteTable({ sites, ranges_from: from }: InspectionReport): Table {
  return {
    title: `ranges (${from})`,
    columns: ['low', 'high', 'seen low', 'seen high', 'cut off, %', 'bytes dB'],
    rows: sites.map(({ site, range, seen, clipped, bytes_db: bytes }) => [
      site,
      ...[range.low, range.high, seen.low, seen.high].map((value) => value.toFixed(2)),
      (100 * clipped).toFixed(4),
      decibelCell(bytes),
    ]),
  };
}

function keptTable({ kept, questions, fp32_right: right }: InspectionReport): Table {
  return {
    title: 'kept in fp32',
    columns: ['MB', ...EFFECT_COLUMNS, 'right'],
    rows: kept.map((row) => [
      row.kept.length === 0 ? 'nothing' : row.kept.join(', '),
      (row.bytes / 1e6).toFixed(2),
      ...effectCells(row),
      rightCell(row.right, right, questions),
    ]),
  };
}

function effectCells({ answers_db: answers, flips, largest, mean }: EffectReport): string[] {
  return [decibelCell(answers), `${flips}`, largest.toFixed(4), mean.toFixed(5)];
}

function decibelCell(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

function spreadCell(spread: LayerReport['weight_spread']): string {
  return spread === null ? '-' : standingBars(spread.shares);
}

function rightCell(own: number | null, fp32: number | null, questions: number): string {
  if (own === null || fp32 === null) return '-';
  const percent = (value: number) => ((100 * value) / questions).toFixed(2);
  return `${percent(own)} % (fp32 ${percent(fp32)} %)`;
}
