/** A grid of weights, row-major. */
export interface WeightGrid {
  readonly grid: readonly [rows: number, columns: number];
  readonly attention: readonly number[];
}

/**
 * Smooths weights between the middles of their cells with a cubic B-spline, which makes no peaks that are not there.
 *
 * @param times Pixels a side of a cell.
 * @returns The same shape, so many times as large each way.
 */
export function smooth(
  { grid: [rows, columns], attention }: WeightGrid,
  times: number,
): WeightGrid {
  const [down, across] = [spline(rows, times), spline(columns, times)];
  const fine = down.flatMap((ofRows) =>
    across.map((ofColumns) => {
      let sum = 0;
      for (const [row, share] of ofRows) {
        for (const [column, other] of ofColumns) {
          sum += share * other * (attention[row * columns + column] ?? 0);
        }
      }
      return sum;
    }),
  );
  return { grid: [rows * times, columns * times], attention: fine };
}

/** For each pixel of a side, the cells that it takes from and how much; those beyond the edge count as the edge. */
function spline(cells: number, times: number): [cell: number, share: number][][] {
  return Array.from({ length: cells * times }, (_, pixel) => {
    const place = (pixel + 0.5) / times - 0.5;
    const first = Math.floor(place) - 1;
    return [0, 1, 2, 3].map((step) => {
      const cell = Math.min(Math.max(first + step, 0), cells - 1);
      return [cell, basis(Math.abs(place - first - step))];
    });
  });
}

function basis(distance: number): number {
  if (distance < 1) return 2 / 3 - distance ** 2 + distance ** 3 / 2;
  return Math.max(0, 2 - distance) ** 3 / 6;
}
