import { escaped, legendKeys, n, svg, text } from './svg.ts';

/** A line through points, from left to right. */
export interface Line {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Lines over a common scale; both axes begin at zero, or on a logarithmic one at the smallest value. */
export interface LineChart {
  readonly title: string;
  readonly xName: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** Whether equal steps to the right are equal factors. */
  readonly logarithmic?: boolean;
}

const [WIDTH, HEIGHT] = [760, 300];
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 30, 62, 48];
const GRID_LINES = 4;
/** Labels of values closer than this would run into each other. */
const LEAST_LABEL_GAP = 34;

/** Draws a line chart as SVG. */
export function lineChart({ title, xName, unit, lines, logarithmic = false }: LineChart): string {
  const points = lines.flatMap((line) => line.points);
  const place = (x: number) => (logarithmic ? Math.log2(x) : x);
  const first = logarithmic ? place(Math.min(...points.map(({ x }) => x))) : 0;
  const last = place(Math.max(...points.map(({ x }) => x)));
  const step = roundUp(Math.max(...points.map(({ y }) => y)) / GRID_LINES);
  const toX = (x: number) =>
    LEFT + ((place(x) - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT);
  const toY = (y: number) => HEIGHT - BOTTOM - (y / (step * GRID_LINES)) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: GRID_LINES + 1 }, (_, i) => i * step).flatMap((value) => [
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(toY(value))}" y2="${n(toY(value))}" stroke="#ddd"/>`,
    text(LEFT - 8, toY(value) + 4, `${Number(value.toPrecision(3))} ${unit}`, 'end'),
  ]);
  let labelled = Number.NEGATIVE_INFINITY;
  const labels = [...new Set(points.map(({ x }) => x))]
    .sort((a, b) => a - b)
    .flatMap((x) => {
      if (toX(x) - labelled < LEAST_LABEL_GAP) return [];
      labelled = toX(x);
      return [text(labelled, HEIGHT - BOTTOM + 18, String(x), 'middle')];
    });
  const drawn = lines.flatMap(({ colour, points: own }) => [
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own.map(({ x, y }) => `${n(toX(x))},${n(toY(y))}`).join(' ')}"/>`,
    ...own.map(
      ({ x, y }) => `<circle cx="${n(toX(x))}" cy="${n(toY(y))}" r="2.5" fill="${colour}"/>`,
    ),
  ]);
  return svg({ title, width: WIDTH, height: HEIGHT }, [
    ...legendKeys(lines, LEFT),
    ...grid,
    ...labels,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, escaped(xName), 'middle'),
    ...drawn,
  ]);
}

/** The next of 1, 2, 2.5 and 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  const factor = [1, 2, 2.5, 5, 10].find((it) => it * power >= value) ?? 10;
  return factor * power;
}
