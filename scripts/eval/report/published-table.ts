import { percent } from '../percent.ts';
import type { PublishedFigures } from '../published-figures.ts';
import { escapeHtml } from './escape-html.ts';

/** Draws what others have published, and what to know before comparing. */
export function publishedTable({ rows, here, differences }: PublishedFigures): string {
  const body = rows.map(
    ({ name, validation, test }) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${percent(validation)}</td><td class="number">${percent(test)}</td><td></td></tr>`,
  );
  const notes = differences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`);
  return `<section><h2>Published for SNLI-VE</h2><table><thead><tr><th scope="col">model</th>
<th scope="col" class="number">validation</th><th scope="col" class="number">test</th>
<th scope="col" class="number">here</th></tr></thead>
<tbody><tr><th scope="row">${escapeHtml(here.name)}</th><td></td><td></td><td class="number strong">${percent(here.accuracy)}</td></tr>
${body.join('')}</tbody></table><ul class="notes">${notes.join('')}</ul></section>`;
}
