import { escaped, legendKeys, n, svg, text } from './svg.ts';

/** One part of a bar. */
export interface BarPart {
  readonly value: number;
  /** CSS colour; `none` leaves room. */
  readonly colour: string;
}

/** Bars that lie, each with its parts one behind the other. */
export interface BarChart {
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly { readonly label: string; readonly parts: readonly BarPart[] }[];
  readonly legend: readonly { readonly name: string; readonly colour: string }[];
  /** A line across, such as a limit. */
  readonly mark?: { readonly value: number; readonly name: string };
}

const [WIDTH, LABEL_WIDTH, VALUE_WIDTH] = [760, 210, 70];
const [ROW_HEIGHT, BAR_HEIGHT, HEAD_HEIGHT] = [24, 16, 62];

/** Draws a bar chart as SVG, readable on light and dark pages. */
export function barChart({ title, unit, rows, legend, mark }: BarChart): string {
  const lengths = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const longest = Math.max(...lengths, mark?.value ?? 0);
  const scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / longest;
  const height = HEAD_HEIGHT + rows.length * ROW_HEIGHT + 10;
  const bars = rows.flatMap(({ label, parts }, row) => {
    const y = HEAD_HEIGHT + row * ROW_HEIGHT;
    let x = LABEL_WIDTH;
    const rects = parts.map(({ value, colour }) => {
      const rect = `<rect x="${n(x)}" y="${y}" width="${n(value * scale)}" height="${BAR_HEIGHT}" fill="${colour}"/>`;
      x += value * scale;
      return rect;
    });
    const shown = parts.filter(({ colour }) => colour !== 'none');
    const value = shown.reduce((sum, part) => sum + part.value, 0);
    return [
      text(LABEL_WIDTH - 8, y + 13, escaped(label), 'end'),
      ...rects,
      text(x + 6, y + 13, `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`, 'start'),
    ];
  });
  const keys = legendKeys(legend, LABEL_WIDTH);
  const line = mark === undefined ? [] : markLine(mark, LABEL_WIDTH + mark.value * scale, height);
  return svg({ title, width: WIDTH, height }, [...keys, ...bars, ...line]);
}

function markLine({ name }: { readonly name: string }, x: number, height: number): string[] {
  return [
    `<line x1="${n(x)}" x2="${n(x)}" y1="${HEAD_HEIGHT - 6}" y2="${height - 6}" stroke="#b00" stroke-dasharray="4 3"/>`,
    `<text x="${n(x)}" y="${HEAD_HEIGHT - 10}" text-anchor="middle" fill="#b00">${escaped(name)}</text>`,
  ];
}
