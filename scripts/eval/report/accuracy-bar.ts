import type { Figures } from '../figures.ts';
import { percent } from '../percent.ts';

const HEIGHT = 26;
const BAR = { y: 7, height: 12 } as const;

/**
 * Draws an accuracy as a bar with its interval, the baseline and the other model as marks on it.
 *
 * @returns An SVG as wide as its place.
 */
export function accuracyBar({ accuracy, interval, baseline, against }: Figures): string {
  const [low, high] = interval.map(place);
  const middle = BAR.y + BAR.height / 2;
  const marks = [
    `<rect class="track" x="0" y="${BAR.y}" width="100%" height="${BAR.height}" rx="3"/>`,
    `<rect class="bar" x="0" y="${BAR.y}" width="${place(accuracy)}" height="${BAR.height}" rx="3"/>`,
    `<line class="whisker" x1="${low}" x2="${high}" y1="${middle}" y2="${middle}"/>`,
    ...[low, high].map(
      (x) => `<line class="whisker" x1="${x}" x2="${x}" y1="${middle - 4}" y2="${middle + 4}"/>`,
    ),
  ];
  if (baseline !== undefined) {
    const x = place(baseline.accuracy);
    marks.push(`<line class="baseline" x1="${x}" x2="${x}" y1="2" y2="${HEIGHT - 2}"/>`);
  }
  if (against !== undefined) {
    marks.push(`<circle class="against" cx="${place(against.accuracy)}" cy="${middle}" r="4.5"/>`);
  }
  const title = `<title>${percent(accuracy)} right</title>`;
  return `<svg class="accuracy" role="img" height="${HEIGHT}">${title}${marks.join('')}</svg>`;
}

function place(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
