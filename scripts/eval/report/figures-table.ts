import type { Figures, Share } from '../figures.ts';
import { percent } from '../percent.ts';
import { accuracyBar } from './accuracy-bar.ts';
import { escapeHtml } from './escape-html.ts';

/**
 * Draws one table of figures, a bar in each row.
 *
 * @param heading Of the first column.
 * @param rows At least one, by name.
 */
export function figuresTable(heading: string, rows: Readonly<Record<string, Figures>>): string {
  const named = Object.entries(rows);
  const hasBaseline = named.some(([, { baseline }]) => baseline !== undefined);
  const hasAgainst = named.some(([, { against }]) => against !== undefined);
  const columns = [
    `<th scope="col">${escapeHtml(heading)}</th>`,
    number('pairs'),
    '<th scope="col" class="chart"><span>0</span><span>50</span><span>100 %</span></th>',
    number('right'),
    number('95 %'),
    ...(hasBaseline ? [number('<i class="key baseline"></i>text only')] : []),
    ...(hasAgainst ? [number('<i class="key against"></i>against'), number('same label')] : []),
  ];
  const body = named.map(([name, figures]) => row(name, figures));
  return `<div class="scroll"><table class="figures"><thead><tr>${columns.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}

function number(title: string): string {
  return `<th scope="col" class="number">${title}</th>`;
}

function row(name: string, figures: Figures): string {
  const { pairs, accuracy, interval, baseline, against, agreement } = figures;
  const [low, high] = interval;
  const cells = [
    `<th scope="row">${escapeHtml(name)}</th>`,
    cell(String(pairs), 'quiet'),
    `<td class="chart">${accuracyBar(figures)}</td>`,
    cell(percent(accuracy), 'strong'),
    cell(`${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`, 'quiet'),
    ...shareCell(baseline),
    ...shareCell(against),
    ...(agreement === undefined ? [] : [cell(percent(agreement))]),
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function shareCell(share: Share | undefined): string[] {
  return share === undefined ? [] : [cell(percent(share.accuracy))];
}

function cell(text: string, kind = ''): string {
  return `<td class="number ${kind}">${text}</td>`;
}
