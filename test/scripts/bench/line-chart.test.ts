import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineChart } from '../../../scripts/bench/line-chart.ts';

const CHART = {
  title: 'Tea & time',
  xName: 'minutes',
  unit: 'ml',
  lines: [
    {
      name: 'a <big> cup',
      colour: '#111',
      points: [
        { x: 1, y: 0 },
        { x: 2, y: 50 },
        { x: 4, y: 200 },
      ],
    },
  ],
};

/** The points of the first line as drawn. */
function drawn(svg: string): number[][] {
  const [, points = ''] = /<polyline .* points="([^"]*)"/.exec(svg) ?? [];
  return points.split(' ').map((point) => point.split(',').map(Number));
}

describe('lineChart()', () => {
  it('places points in proportion from zero', () => {
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0] = []] = drawn(
      lineChart(CHART),
    );
    // Coordinates have one decimal.
    assert.ok(Math.abs((x3 - x2) / (x2 - x1) - 2) < 0.01);
    assert.ok(Math.abs((y1 - y3) / (y1 - y2) - 4) < 0.01);
  });

  it('places equal factors at equal distances on a logarithmic scale', () => {
    const [[x1 = 0] = [], [x2 = 0] = [], [x3 = 0] = []] = drawn(
      lineChart({ ...CHART, logarithmic: true }),
    );
    assert.ok(Math.abs((x3 - x2) / (x2 - x1) - 1) < 0.01);
  });

  it('names the values, and escapes what it is given', () => {
    const svg = lineChart(CHART);
    for (const label of ['0 ml', '200 ml', 'minutes', 'Tea &amp; time', 'a &lt;big&gt; cup']) {
      assert.ok(svg.includes(`>${label}<`), label);
    }
  });
});
