import type { SceneObject } from '../scene.ts';
import type { Canvas } from './canvas.ts';
import type { Raster } from './raster.ts';
import type { Sprite } from './sprite-shelf.ts';

/** Paints a thing over a picture: turned, mirrored, between pixels by bilinear mixing. */
export function blendObject(canvas: Canvas, object: SceneObject, sprite: Sprite): void {
  const { side, data } = canvas;
  const picture = nearestSize(sprite, object.width);
  const radians = (object.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [middleX, middleY] = [object.x + object.width / 2, object.y + object.height / 2];
  const reachX = (object.width * cos + object.height * Math.abs(sin)) / 2 + 1;
  const reachY = (object.height * cos + object.width * Math.abs(sin)) / 2 + 1;
  const scale = picture.width / object.width;
  const flip = object.mirrored ? -1 : 1;
  const bottom = Math.min(side, Math.ceil(middleY + reachY));
  const right = Math.min(side, Math.ceil(middleX + reachX));
  for (let y = Math.max(0, Math.floor(middleY - reachY)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(middleX - reachX)); x < right; x++) {
      const [dx, dy] = [x + 0.5 - middleX, y + 0.5 - middleY];
      const u = flip * (dx * cos + dy * sin) * scale + picture.width / 2 - 0.5;
      const v = (dy * cos - dx * sin) * scale + picture.height / 2 - 0.5;
      blendPixel(data, (y * side + x) * 3, { picture, u, v });
    }
  }
}

/** The smallest copy that is not enlarged. */
function nearestSize(sprite: Sprite, width: number): Raster {
  return sprite.findLast((picture) => picture.width >= width) ?? sprite[0];
}

function blendPixel(
  data: Uint8ClampedArray,
  at: number,
  { picture, u, v }: { picture: Raster; u: number; v: number },
): void {
  const [column, row] = [Math.floor(u), Math.floor(v)];
  if (column < -1 || row < -1 || column >= picture.width || row >= picture.height) return;
  const [fractionX, fractionY] = [u - column, v - row];
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let corner = 0; corner < 4; corner++) {
    const [x, y] = [column + (corner & 1), row + (corner >> 1)];
    if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
    const weight =
      (corner & 1 ? fractionX : 1 - fractionX) * (corner >> 1 ? fractionY : 1 - fractionY);
    const from = (y * picture.width + x) * 4;
    red += weight * (picture.data[from] ?? 0);
    green += weight * (picture.data[from + 1] ?? 0);
    blue += weight * (picture.data[from + 2] ?? 0);
    alpha += weight * (picture.data[from + 3] ?? 0);
  }
  const rest = 1 - alpha / 255;
  data[at] = red + rest * (data[at] ?? 0);
  data[at + 1] = green + rest * (data[at + 1] ?? 0);
  data[at + 2] = blue + rest * (data[at + 2] ?? 0);
}
