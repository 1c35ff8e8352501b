import type { Explanation } from '../../../client/index.ts';

const ROWS = ['top', 'middle', 'bottom'];
const COLUMNS = ['left', 'centre', 'right'];

/**
 * Says in words where the model looked: the two of nine regions that got most of its attention.
 *
 * @returns For example `Most at the top left (41 %), then at the middle right (22 %).`
 */
export function describeAttention({ grid: [rows, columns], attention }: Explanation): string {
  const total = attention.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return 'It did not look at the picture.';
  const shares = new Map<string, number>();
  attention.forEach((weight, cell) => {
    const row = Math.floor(cell / columns);
    const place = placeOf(third(row, rows), third(cell % columns, columns));
    shares.set(place, (shares.get(place) ?? 0) + weight / total);
  });
  const [first, second] = [...shares].sort(([, a], [, b]) => b - a).map(describe);
  return second === undefined ? `All ${first}.` : `Most ${first}, then ${second}.`;
}

/** Which third of a side the middle of a cell lies in. */
function third(index: number, count: number): number {
  return Math.floor((3 * (index + 0.5)) / count);
}

function placeOf(row: number, column: number): string {
  return row === 1 && column === 1 ? 'middle' : `${ROWS[row]} ${COLUMNS[column]}`;
}

function describe([place, share]: [string, number]): string {
  return `at the ${place} (${Math.round(100 * share)} %)`;
}
