import { describeLeftOut } from '../describe-left-out.ts';
import type { Evaluation } from '../evaluation.ts';
import type { ReadPicture } from '../input/read-picture.ts';
import { percent } from '../percent.ts';
import { publishedFigures } from '../published-figures.ts';
import { whyUnpublished } from '../why-unpublished.ts';
import { confusionChart } from './confusion-chart.ts';
import { embedPicture } from './embed-picture.ts';
import { escapeHtml } from './escape-html.ts';
import { figuresTable } from './figures-table.ts';
import { mistakeCards, type ShownMistake } from './mistake-cards.ts';
import { publishedTable } from './published-table.ts';
import { reportHeader } from './report-header.ts';
import { REPORT_STYLE } from './report-style.ts';
import { surenessBins } from './sureness-bins.ts';
import { surenessChart } from './sureness-chart.ts';
import { worstMistakes } from './worst-mistakes.ts';

/** Enough to see what goes wrong; eight rows of three on a wide screen. */
export const MAX_SHOWN_MISTAKES = 24;

/**
 * Writes an evaluation as one page that needs nothing else: charts, tables, the worst mistakes.
 *
 * @returns HTML.
 * @throws {Error} A picture of a mistake cannot be read.
 */
export async function writeReport(
  evaluation: Evaluation,
  readPicture: ReadPicture,
): Promise<string> {
  const { data, model, against, summary } = evaluation;
  const mistakes: ShownMistake[] = [];
  for (const mistake of worstMistakes(evaluation, MAX_SHOWN_MISTAKES)) {
    mistakes.push({ ...mistake, picture: embedPicture(await readPicture(mistake.pair.image)) });
  }
  const published = publishedFigures(evaluation);
  const wrong = summary.pairs - summary.correct;
  const notes = [whyUnpublished(evaluation) ?? '', ...describeLeftOut(data.leftOut)]
    .filter((line) => line !== '')
    .map((line) => `<br>${escapeHtml(line)}`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${percent(summary.accuracy)}: ${escapeHtml(model.name)} on ${escapeHtml(data.file)}</title>
<style>${REPORT_STYLE}</style></head><body><main>
${reportHeader(evaluation)}
${section('By label', legend(evaluation), figuresTable('label', summary.by_label))}
${section('By kind of sentence', '', figuresTable('kind', summary.by_kind))}
<div class="columns">
${section('Confusion', 'A row for each truth, in pairs and in shares of the row.', confusionChart(summary.confusion))}
${section('Sure and right', 'How often an answer is right, by its own score. On the dashed line scores can be taken at their word.', surenessChart(surenessBins(evaluation)))}
</div>
${published === null ? '' : publishedTable(published)}
${mistakes.length === 0 ? '' : section('Worst mistakes', `${mistakes.length} of ${wrong} wrong answers, the surest first, one a picture.`, mistakeCards(mistakes))}
<footer>${escapeHtml(model.revision)}${against === null ? '' : `; compared with ${escapeHtml(against.name)} (${against.dtype}), ${escapeHtml(against.revision)}`}.${notes.join('')}</footer>
</main></body></html>
`;
}

function section(title: string, lead: string, content: string): string {
  const paragraph = lead === '' ? '' : `<p class="lead">${lead}</p>`;
  return `<section><h2>${title}</h2>${paragraph}${content}</section>`;
}

function legend({ against, summary }: Evaluation): string {
  const marks = ['The line across each bar’s end is the 95 % confidence interval (Wilson).'];
  if (summary.baseline !== undefined) {
    marks.push(
      'The red mark is the same model with a grey picture: what sentences alone give away.',
    );
  }
  if (against !== null) marks.push(`The ring is ${escapeHtml(against.name)} (${against.dtype}).`);
  return marks.join(' ');
}
