import { isPlace } from '../is-place.ts';
import { createRandom } from '../random.ts';
import type { Scene } from '../scene.ts';
import { paintBackdrop } from './backgrounds/backdrop.ts';
import { paintLandscape } from './backgrounds/landscape.ts';
import { blendObject } from './blend-object.ts';
import type { Canvas } from './canvas.ts';
import type { SpriteShelf } from './sprite-shelf.ts';

/** Shares of red, green and blue in what the eye takes for brightness (ITU-R BT.601). */
const BRIGHTNESS = [0.299, 0.587, 0.114] as const;

/** Paints a scene: the background, then its things from back to front. */
export function paintScene(scene: Scene, shelf: SpriteShelf): Canvas {
  const random = createRandom(scene.texture);
  const { background } = scene;
  const canvas = isPlace(background)
    ? paintLandscape(scene, background, random)
    : paintBackdrop(scene, random);
  for (const object of scene.objects) {
    blendObject(canvas, object, shelf.sprite(scene.style, object.noun, object.colour));
  }
  if (scene.greyscale) removeColours(canvas.data);
  return canvas;
}

function removeColours(data: Uint8ClampedArray): void {
  for (let at = 0; at < data.length; at += 3) {
    const grey = BRIGHTNESS.reduce(
      (sum, share, channel) => sum + share * (data[at + channel] ?? 0),
      0,
    );
    data.fill(grey, at, at + 3);
  }
}
