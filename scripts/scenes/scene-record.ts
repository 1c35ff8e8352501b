import type { Scene } from './scene.ts';

/** A line of `scenes.jsonl`: what stands where in a picture. */
export interface SceneRecord {
  /** File name in `images/`. */
  readonly image: string;
  /** The icon set. */
  readonly style: string;
  readonly background: string;
  readonly time: 'day' | 'night';
  readonly greyscale: boolean;
  /** From back to front; x and y are the upper left corner; all in pixels. */
  readonly objects: readonly {
    readonly noun: string;
    readonly colour: string | null;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

/**
 * Describes a scene for those who train and evaluate.
 *
 * @param image Its file's name.
 */
export function sceneRecord(scene: Scene, image: string): SceneRecord {
  const { style, background, time, greyscale } = scene;
  const objects = scene.objects.map(({ noun, colour, x, y, width, height }) => ({
    noun: noun.name,
    colour,
    x: hundredth(x),
    y: hundredth(y),
    width: hundredth(width),
    height: hundredth(height),
  }));
  return { image, style, background, time, greyscale, objects };
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
