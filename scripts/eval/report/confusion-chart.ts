import { LABELS } from '../labels.ts';
import type { Confusion } from '../summarise.ts';

const CELL = { width: 116, height: 74 } as const;
const LEFT = 104;
const TOP = 46;
const GAP = 4;
/** On darker cells the ink is the paper's colour. */
const DARK_FROM = 0.5;

/** Draws the confusion matrix: a row a truth, the darker the larger its share of the row. */
export function confusionChart(confusion: Confusion): string {
  const width = LEFT + LABELS.length * CELL.width;
  const height = TOP + LABELS.length * CELL.height;
  const parts = [`<text class="axis" x="${LEFT}" y="14">answered</text>`];
  for (const [column, answer] of LABELS.entries()) {
    const x = LEFT + (column + 0.5) * CELL.width - GAP / 2;
    parts.push(`<text class="name" x="${x}" y="${TOP - 10}" text-anchor="middle">${answer}</text>`);
  }
  for (const [line, truth] of LABELS.entries()) {
    const total = LABELS.reduce((sum, answer) => sum + confusion[truth][answer], 0);
    const y = TOP + line * CELL.height;
    const middle = y + (CELL.height - GAP) / 2;
    parts.push(`<text class="name" x="0" y="${middle + 4}">${truth}</text>`);
    for (const [column, answer] of LABELS.entries()) {
      const count = confusion[truth][answer];
      const share = total === 0 ? 0 : count / total;
      const x = LEFT + column * CELL.width;
      const centre = x + (CELL.width - GAP) / 2;
      const kind = `${truth === answer ? 'right' : 'wrong'}${share >= DARK_FROM ? ' dark' : ''}`;
      parts.push(
        `<g class="${kind}"><rect class="ground" x="${x}" y="${y}" width="${CELL.width - GAP}" height="${CELL.height - GAP}" rx="8"/>`,
        `<rect class="heat" x="${x}" y="${y}" width="${CELL.width - GAP}" height="${CELL.height - GAP}" rx="8" fill-opacity="${share.toFixed(3)}"/>`,
        `<text class="count" x="${centre}" y="${middle + 1}" text-anchor="middle">${count}</text>`,
        `<text class="share" x="${centre}" y="${middle + 19}" text-anchor="middle">${(share * 100).toFixed(1)} %</text></g>`,
      );
    }
  }
  const title = '<title>Confusion matrix: truth by row, answer by column</title>';
  return `<svg class="confusion" role="img" viewBox="0 0 ${width} ${height}">${title}${parts.join('')}</svg>`;
}
