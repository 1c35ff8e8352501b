import type { MadeScene } from '../make-scenes.ts';

/** What both of SNLI-VE's formats say of a sentence. */
export interface SceneRow {
  /** Digits, as Flickr30k has them. */
  readonly pictureId: string;
  /** As SNLI-VE counts sentences: `12.jpg#0r3`. */
  readonly pairId: string;
  /** `12.jpg#0`. */
  readonly captionId: string;
  /** Empty where the scene's pair has no premise. */
  readonly caption: string;
  readonly hypothesis: string;
  readonly label: string;
}

/** Names a scene's sentences the way SNLI-VE does. */
export function sceneRows({ record, pairs }: MadeScene): SceneRow[] {
  // Flickr30k's names do not begin with a zero.
  const pictureId = `1${record.image.replace(/\.png$/, '')}`;
  const captionId = `${pictureId}.jpg#0`;
  return pairs.map(({ premise, hypothesis, label }, i) => ({
    pictureId,
    captionId,
    pairId: `${captionId}r${i + 1}`,
    caption: premise ?? '',
    hypothesis,
    label,
  }));
}
