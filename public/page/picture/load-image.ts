import { PictureError } from './picture-error.ts';

/**
 * Lets the browser decode a picture.
 *
 * @param url Of a file that is here already.
 * @param name For the message.
 * @throws {PictureError} It cannot be decoded.
 */
export async function loadImage(url: string, name: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw unreadable(name);
  }
  // An SVG without a size of its own.
  if (image.naturalWidth === 0 || image.naturalHeight === 0) throw unreadable(name);
  return image;
}

function unreadable(name: string): PictureError {
  return new PictureError(`cannot read ${name}: this browser finds no picture in it`, {
    title: 'This file cannot be read as a picture',
    step: 'It may be damaged, cut short, too large, or of a kind that this browser does not know. Save it as JPEG or PNG, or use another one.',
  });
}
