import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { barChart } from '../../../scripts/bench/bar-chart.ts';

const CHART = {
  title: 'Bread & butter',
  unit: 'g',
  rows: [
    { label: 'a <thick> slice', parts: [{ value: 30, colour: '#111' }] },
    {
      label: 'later',
      parts: [
        { value: 20, colour: 'none' },
        { value: 40, colour: '#222' },
      ],
    },
  ],
  legend: [{ name: 'bread', colour: '#111' }],
};

/** Left edge and length of the bars of a colour. */
function bars(svg: string, colour: string): [number, number][] {
  const pattern = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="16" fill="([^"]+)"/g;
  return [...svg.matchAll(pattern)]
    .filter(([, , , fill]) => fill === colour)
    .map(([, x, width]) => [Number(x), Number(width)]);
}

describe('barChart()', () => {
  it('draws lengths in proportion, parts behind each other, and says what they add up to', () => {
    const svg = barChart(CHART);
    const [[first = 0, thirty = 0] = []] = bars(svg, '#111');
    const [[second = 0, forty = 0] = []] = bars(svg, '#222');
    // Coordinates have one decimal.
    assert.ok(Math.abs(forty / thirty - 4 / 3) < 0.01);
    assert.ok(Math.abs(second - first - thirty * (2 / 3)) < 0.2);
    // What only leaves room is not part of the sum.
    assert.match(svg, />30 g</);
    assert.match(svg, />40 g</);
  });

  it('makes room for a mark beyond the longest bar', () => {
    const [[, alone = 0] = []] = bars(barChart(CHART), '#222');
    const marked = barChart({ ...CHART, mark: { value: 120, name: 'limit' } });
    const [[, shorter = 0] = []] = bars(marked, '#222');
    assert.ok(Math.abs(shorter / alone - 0.5) < 0.01);
    assert.match(marked, />limit</);
  });

  it('escapes what it is given', () => {
    const svg = barChart(CHART);
    assert.match(svg, /Bread &amp; butter/);
    assert.match(svg, /a &lt;thick&gt; slice/);
  });
});
