import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { barChart } from '../bench/bar-chart.ts';
import { markdownTables } from '../lib/table.ts';
import { histogramChart } from './histogram-chart.ts';
import type { InspectionReport, LayerReport } from './inspection-report.ts';
import type { ModelPart } from './layer-list.ts';
import { inspectionTables } from './tables.ts';

const COLOURS: Readonly<Record<ModelPart, string>> = {
  vision: '#4269d0',
  encoder: '#efb118',
  decoder: '#ff725c',
  text: '#6cc5b0',
};
const SHOWN_LAYERS = 20;
const SHOWN_HISTOGRAMS = 12;

/**
 * Writes a page, the charts it shows and the figures as JSON.
 *
 * @param path The page, in Markdown; the other files lie beside it and begin as it does.
 */
export async function writeInspection(path: string, report: InspectionReport): Promise<void> {
  const folder = dirname(path);
  const stem = basename(path, extname(path));
  await mkdir(folder, { recursive: true });
  const files = {
    [basename(path)]: page(stem, report),
    [`${stem}.json`]: `${JSON.stringify(report, null, 1)}\n`,
    [`${stem}-layers.svg`]: layerChart(report),
    [`${stem}-sites.svg`]: siteChart(report),
    [`${stem}-histograms.svg`]: histogramChart(offenders(report).slice(0, SHOWN_HISTOGRAMS)),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

function offenders({ layers }: InspectionReport): LayerReport[] {
  return layers.toSorted((a, b) => b.share - a.share);
}

function layerChart(report: InspectionReport): string {
  return barChart({
    title: 'Share of the noise that each layer, alone in int8, brings to the logits',
    unit: '%',
    rows: offenders(report)
      .slice(0, SHOWN_LAYERS)
      .map(({ name, part, share }) => ({
        label: name,
        parts: [{ value: 100 * share, colour: COLOURS[part] }],
      })),
    legend: Object.entries(COLOURS).map(([name, colour]) => ({ name, colour })),
  });
}

function siteChart({ sites, ranges_from: from }: InspectionReport): string {
  return barChart({
    title: `How much of its range each site of vision uses, ranges from ${from}`,
    unit: '%',
    rows: sites.map(({ site, range, seen }) => ({
      label: site,
      parts: [{ value: 100 * (seen.high / range.high), colour: COLOURS.vision }],
    })),
    legend: [{ name: 'largest value seen', colour: COLOURS.vision }],
    mark: { value: 100, name: 'cut off beyond' },
  });
}

function page(stem: string, report: InspectionReport): string {
  const { pictures, questions, calibration, ranges_from: from } = report;
  return [
    `# int8, layer by layer`,
    '',
    `${questions} questions about ${pictures} pictures; ranges of the layers' table from ${from}, activations watched on ${calibration} pictures.`,
    '',
    `![Share of the noise](${stem}-layers.svg)`,
    '',
    `![Use of the ranges](${stem}-sites.svg)`,
    '',
    `![Histograms](${stem}-histograms.svg)`,
    '',
    markdownTables(inspectionTables(report)),
    '',
  ].join('\n');
}
