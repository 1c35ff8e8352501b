import type { Explanation } from '../../../client/index.ts';
import { byId } from '../dom/by-id.ts';
import { describeAttention } from './describe-attention.ts';
import { drawHeatMap } from './draw-heat-map.ts';

/** Lays a heat map over the picture and says in words what it shows. */
export function showHeatMap(sentence: string, explanation: Explanation): void {
  drawHeatMap(byId('heat-map', HTMLCanvasElement), explanation);
  byId('heat-sentence', HTMLElement).textContent = sentence;
  byId('heat-description', HTMLElement).textContent = describeAttention(explanation);
  setShown(true);
}

/** Whether one lies there. */
export function isHeatMapShown(): boolean {
  return !byId('heat-map', HTMLCanvasElement).hidden;
}

/** Takes it away. */
export function hideHeatMap(): void {
  setShown(false);
}

function setShown(on: boolean): void {
  byId('heat-map', HTMLCanvasElement).hidden = !on;
  byId('heat-legend', HTMLElement).hidden = !on;
  byId('frame', HTMLElement).classList.toggle('heated', on);
}
