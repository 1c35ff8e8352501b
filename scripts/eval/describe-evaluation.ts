import { styleText } from 'node:util';
import { describeLeftOut } from './describe-left-out.ts';
import type { Evaluation } from './evaluation.ts';
import type { Figures, Share } from './figures.ts';
import { LABELS } from './labels.ts';
import { percent } from './percent.ts';
import { publishedFigures } from './published-figures.ts';
import { whyUnpublished } from './why-unpublished.ts';

const NAME_WIDTH = 22;
const CELL_WIDTH = 12;
/** Two spaces and `100.0 - 100.0`, the longest. */
const INTERVAL_WIDTH = 15;
const LABEL_WIDTH = 15;
const PUBLISHED_WIDTH = 54;
const PUBLISHED_CELL_WIDTH = 14;
const BAR_CELLS = 16;
/** Below these an accuracy is shown in yellow, and in red. */
const GOOD = 0.9;
const FAIR = 0.8;

/**
 * Writes an evaluation as tables for a terminal.
 *
 * @param stream Where it will be shown; colours follow what it can do, and NO_COLOR.
 */
export function describeEvaluation(evaluation: Evaluation, stream: NodeJS.WritableStream): string {
  const { data, model, against, summary } = evaluation;
  const bold = (text: string) => styleText('bold', text, { stream });
  const dim = (text: string) => styleText('dim', text, { stream });

  function figuresRow(name: string, figures: Figures): string {
    const { pairs, accuracy, interval, baseline, agreement } = figures;
    const colour = colourOf(accuracy);
    const cells = Math.round(accuracy * BAR_CELLS);
    const bar =
      styleText(colour, '█'.repeat(cells), { stream }) + dim('░'.repeat(BAR_CELLS - cells));
    return [
      name.padEnd(NAME_WIDTH),
      String(pairs).padStart(7),
      `  ${bar} `,
      styleText(colour, percent(accuracy).padStart(8), { stream }),
      dim(describeInterval(interval).padStart(INTERVAL_WIDTH)),
      shareCell(baseline),
      shareCell(figures.against),
      agreement === undefined ? '' : percent(agreement).padStart(CELL_WIDTH),
    ].join('');
  }

  function section(title: string, rows: Readonly<Record<string, Figures>>): string[] {
    const lines = Object.entries(rows).map(([name, figures]) => figuresRow(`  ${name}`, figures));
    return ['', bold(title), ...lines];
  }

  const columns = [
    'pairs'.padStart(NAME_WIDTH + 7),
    'right'.padStart(BAR_CELLS + 11),
    '95 %'.padStart(INTERVAL_WIDTH),
    summary.baseline === undefined ? '' : 'text only'.padStart(CELL_WIDTH),
    against === null ? '' : 'against'.padStart(CELL_WIDTH),
    against === null ? '' : 'same label'.padStart(CELL_WIDTH),
  ].join('');
  const lines = [
    `${bold(model.name)} (${model.dtype}, ${shortRevision(model.revision)}) on ${data.file}`,
    ...(against === null
      ? []
      : [`against ${bold(against.name)} (${against.dtype}, ${shortRevision(against.revision)})`]),
    '',
    bold(columns),
    figuresRow('overall', summary),
    ...section('by label', summary.by_label),
    ...section('by kind of sentence', summary.by_kind),
    '',
    bold(`${'truth \\ answer'.padEnd(NAME_WIDTH)}${headingCells()}`),
    ...LABELS.map((truth) => {
      const cells = LABELS.map((answer) => {
        const text = String(summary.confusion[truth][answer]).padStart(LABEL_WIDTH);
        return truth === answer ? styleText('green', text, { stream }) : text;
      });
      return `  ${truth.padEnd(NAME_WIDTH - 2)}${cells.join('')}`;
    }),
    ...describePublished(evaluation, bold),
  ];
  const unpublished = whyUnpublished(evaluation);
  if (unpublished !== null) lines.push('', dim(unpublished));
  const leftOut = describeLeftOut(data.leftOut);
  if (leftOut.length > 0) lines.push('', ...leftOut.map(dim));
  return lines.join('\n');
}

function describePublished(evaluation: Evaluation, bold: (text: string) => string): string[] {
  const published = publishedFigures(evaluation);
  if (published === null) return [];
  const { here } = published;
  const row = (name: string, cells: readonly string[]) =>
    name.padEnd(PUBLISHED_WIDTH) +
    cells.map((cell) => cell.padStart(PUBLISHED_CELL_WIDTH)).join('');
  return [
    '',
    bold(row('published for SNLI-VE', ['validation', 'test', 'here', '95 %'])),
    row(`  ${here.name}`, ['', '', percent(here.accuracy), describeInterval(here.interval)]),
    ...published.rows.map(({ name, validation, test }) =>
      row(`  ${name}`, [percent(validation), percent(test)]),
    ),
    ...published.differences.map((sentence) => `  ${sentence}`),
  ];
}

function headingCells(): string {
  return LABELS.map((label) => label.padStart(LABEL_WIDTH)).join('');
}

function shareCell(share: Share | undefined): string {
  return share === undefined ? '' : percent(share.accuracy).padStart(CELL_WIDTH);
}

function describeInterval([low, high]: Share['interval']): string {
  return `${(low * 100).toFixed(1)} - ${(high * 100).toFixed(1)}`;
}

function colourOf(accuracy: number): 'green' | 'yellow' | 'red' {
  if (accuracy >= GOOD) return 'green';
  return accuracy >= FAIR ? 'yellow' : 'red';
}

function shortRevision(revision: string): string {
  return revision.slice(0, 'sha256:'.length + 8);
}
