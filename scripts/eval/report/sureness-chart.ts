import { percent } from '../percent.ts';
import type { SurenessBin } from './sureness-bins.ts';

const SIDE = 240;
const LEFT = 44;
const TOP = 36;
const BOTTOM = 44;
/** No answer's highest score is below a third. */
const LEAST_SCORE = 0.3;
const MAX_RADIUS = 13;
const MIN_RADIUS = 2.5;

/** Draws how often the model is right when it is so sure; on the diagonal its scores can be believed. */
export function surenessChart(bins: readonly SurenessBin[]): string {
  const x = (score: number) => LEFT + ((score - LEAST_SCORE) / (1 - LEAST_SCORE)) * SIDE;
  const y = (accuracy: number) => TOP + (1 - accuracy) * SIDE;
  const most = Math.max(...bins.map(({ pairs }) => pairs));
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${LEFT + SIDE}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick * 100}</text>`,
  );
  const ticks = [0.4, 0.6, 0.8, 1].map(
    (tick) =>
      `<text class="tick" x="${x(tick)}" y="${TOP + SIDE + 18}" text-anchor="middle">${tick * 100}</text>`,
  );
  const dots = bins.map(({ pairs, score, accuracy }) => {
    const radius = Math.max(MIN_RADIUS, MAX_RADIUS * Math.sqrt(pairs / most));
    const title = `${pairs} answers, score ${percent(score)}, right ${percent(accuracy)}`;
    return `<circle class="dot" cx="${x(score).toFixed(1)}" cy="${y(accuracy).toFixed(1)}" r="${radius.toFixed(1)}"><title>${title}</title></circle>`;
  });
  const line = bins.map(
    ({ score, accuracy }) => `${x(score).toFixed(1)},${y(accuracy).toFixed(1)}`,
  );
  return `<svg class="sureness" role="img" viewBox="0 0 ${LEFT + SIDE + 16} ${TOP + SIDE + BOTTOM}">
<title>Share of right answers by the model's own score</title>${grid.join('')}${ticks.join('')}
<line class="ideal" x1="${x(LEAST_SCORE)}" y1="${y(LEAST_SCORE)}" x2="${x(1)}" y2="${y(1)}"/>
<polyline class="path" points="${line.join(' ')}"/>${dots.join('')}
<text class="axis" x="${LEFT - 32}" y="14">right, %</text>
<text class="axis" x="${LEFT + SIDE}" y="${TOP + SIDE + 38}" text-anchor="end">highest score, %</text>
</svg>`;
}
