import { escaped, n, svg, text } from '../bench/svg.ts';
import type { LayerReport } from './inspection-report.ts';
import type { Spread } from './spread.ts';

const WIDTH = 760;
const [ROW_HEIGHT, HEAD_HEIGHT, BARS_HEIGHT] = [64, 54, 40];
const [NAME_WIDTH, BARS_WIDTH, GAP] = [230, 240, 20];

/**
 * Draws how weights and activations of some layers are spread, a row each. Heights go by the square root, so that
 * tails are seen.
 */
export function histogramChart(layers: readonly LayerReport[]): string {
  const [weightsAt, readsAt] = [NAME_WIDTH, NAME_WIDTH + BARS_WIDTH + GAP];
  const height = HEAD_HEIGHT + layers.length * ROW_HEIGHT + 10;
  const title = 'Weights and what they meet, the largest offenders';
  return svg({ title, width: WIDTH, height }, [
    text(weightsAt, 44, 'weights over the largest of their output', 'start'),
    text(readsAt, 44, 'activations read', 'start'),
    ...layers.flatMap(({ name, weight_spread: weights, activation_spread: reads }, row) => {
      const y = HEAD_HEIGHT + row * ROW_HEIGHT;
      return [
        text(NAME_WIDTH - 10, y + BARS_HEIGHT - 8, escaped(name), 'end'),
        ...histogram(weights, weightsAt, y, '#4269d0'),
        ...histogram(reads, readsAt, y, '#ff725c'),
      ];
    }),
  ]);
}

function histogram(spread: Spread | null, x: number, y: number, colour: string): string[] {
  if (spread === null) return [text(x, y + BARS_HEIGHT - 8, '-', 'start')];
  const { low, high, shares, crest } = spread;
  const most = Math.max(...shares);
  const width = BARS_WIDTH / shares.length;
  const bottom = y + BARS_HEIGHT;
  return [
    ...shares.map((share, bar) => {
      const size = Math.sqrt(share / most) * (BARS_HEIGHT - 4);
      return `<rect x="${n(x + bar * width)}" y="${n(bottom - size)}" width="${n(width - 1)}" height="${n(size)}" fill="${colour}"/>`;
    }),
    text(x, bottom + 14, low.toPrecision(3), 'start'),
    text(x + BARS_WIDTH / 2, bottom + 14, `peak ${crest.toFixed(1)} rms`, 'middle'),
    text(x + BARS_WIDTH, bottom + 14, high.toPrecision(3), 'end'),
  ];
}
