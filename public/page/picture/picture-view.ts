import { byId } from '../dom/by-id.ts';
import { make } from '../dom/make.ts';
import type { Picture } from './picture.ts';

/** Addresses of files that the page shows now, to be given back. */
const shownUrls: string[] = [];

/** Shows a picture in place of the one before, and says what of it is sent. */
export function showPicture(picture: Picture): void {
  for (const url of shownUrls.splice(0)) URL.revokeObjectURL(url);
  const shown = byId('shown', HTMLImageElement);
  shown.src = picture.preview;
  shown.alt = picture.alt;
  shown.hidden = false;
  const frame = byId('frame', HTMLElement);
  frame.style.setProperty('--aspect', String(picture.width / picture.height));
  if (picture.url === null) shownUrls.push(picture.preview);
  const caption = byId('picture-caption', HTMLElement);
  caption.replaceChildren(describe(picture));
  if (picture.sentSide !== null) {
    const href = URL.createObjectURL(picture.file);
    shownUrls.push(href);
    caption.append(make('a', { href, download: picture.name }, 'Save what is sent'), '.');
  }
}

function describe({ url, name, width, height, sentSide }: Picture): string {
  const size = `${name}, ${width} × ${height}`;
  if (url !== null) return `${size}, drawn.`;
  if (sentSide === null) return `${size}, sent as it is.`;
  return (
    `${width} × ${height}. What the model sees of it is sent, a square of ${sentSide} × ${sentSide}; ` +
    'the endpoint’s answer for the original may differ minutely. '
  );
}
