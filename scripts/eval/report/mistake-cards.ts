import type { Label } from '../../../functions/pipeline/verdict.ts';
import { LABELS } from '../labels.ts';
import { percent } from '../percent.ts';
import { escapeHtml } from './escape-html.ts';
import type { Mistake } from './worst-mistakes.ts';

/** A mistake and its picture as a data: URL, null when the picture is too large to embed. */
export interface ShownMistake extends Mistake {
  readonly picture: string | null;
}

/** Draws the mistakes as cards: picture, sentence, truth, answer, scores. */
export function mistakeCards(mistakes: readonly ShownMistake[]): string {
  return `<div class="cards">${mistakes.map(card).join('\n')}</div>`;
}

function card({ pair, answer, picture }: ShownMistake): string {
  const image =
    picture === null
      ? '<p class="absent">too large to show here</p>'
      : `<img src="${picture}" alt="${escapeHtml(pair.image)}" loading="lazy">`;
  const premise =
    pair.premise === null ? '' : `<p class="premise">given: ${escapeHtml(pair.premise)}</p>`;
  const scores = LABELS.map((label) => {
    const width = `${(answer.scores[label] * 100).toFixed(1)}%`;
    return `<dt>${label}</dt><dd class="${label}"><i style="width:${width}"></i></dd><dd class="number">${percent(answer.scores[label])}</dd>`;
  });
  return `<article><figure>${image}</figure><div class="body">
<p class="where">${escapeHtml(pair.kind)} · ${escapeHtml(pair.where)} · ${escapeHtml(pair.image)}</p>
<h3>${escapeHtml(pair.hypothesis)}</h3>${premise}
<div class="verdicts">${verdict('truth', pair.label)}${verdict('answered', answer.label)}</div>
<dl>${scores.join('')}</dl></div></article>`;
}

function verdict(title: string, label: Label): string {
  return `<p><span>${title}</span><b class="${label}">${label}</b></p>`;
}
