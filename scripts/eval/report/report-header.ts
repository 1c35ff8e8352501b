import type { Evaluation } from '../evaluation.ts';
import { percent } from '../percent.ts';
import { escapeHtml } from './escape-html.ts';

/** Draws the top of the report: the one figure, and those that belong beside it. */
export function reportHeader({ data, model, against, summary }: Evaluation): string {
  const { pairs, accuracy, interval, baseline, agreement } = summary;
  const [low, high] = interval;
  const tiles: [name: string, value: string][] = [
    ['pairs', String(pairs)],
    ['95 % interval', `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`],
  ];
  if (baseline !== undefined) tiles.push(['text only', percent(baseline.accuracy)]);
  if (against !== null && summary.against !== undefined && agreement !== undefined) {
    tiles.push([`against ${against.dtype}`, percent(summary.against.accuracy)]);
    tiles.push(['same label', percent(agreement)]);
  }
  const tile = ([name, value]: [string, string]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return `<header>
<p class="eyebrow"><b>${escapeHtml(model.name)}</b> ${model.dtype} on ${escapeHtml(data.file)}</p>
<div class="hero"><h1>${percent(accuracy)}<small>of three-way labels right</small></h1>
<dl class="tiles">${tiles.map(tile).join('')}</dl></div></header>`;
}
