/** Each style draws plain shapes in a hand of its own. */
const HANDS: Readonly<Record<string, string>> = {
  noto: 'stroke="none"',
  'fluent-emoji-flat': 'stroke="#e03a3a" stroke-width="6" stroke-linejoin="round"',
  twemoji: 'stroke="#8c1a1a" stroke-width="5" stroke-linejoin="miter"',
  emojione: 'stroke="#a32626" stroke-width="3" stroke-linejoin="round"',
};

const OUTLINES: Readonly<Record<string, string>> = {
  circle: '<circle cx="50" cy="50" r="44"/>',
  square: '<rect x="8" y="8" width="84" height="84"/>',
  triangle: '<path d="M50 10 94 88H6Z"/>',
};

/**
 * Writes a plain red shape as an SVG document.
 *
 * @param shape `circle`, `square` or `triangle`.
 * @param style An icon set's name.
 * @throws {Error} Another shape.
 */
export function shapeSvg(shape: string, style: string): string {
  const outline = OUTLINES[shape];
  if (outline === undefined) throw new Error(`cannot draw a shape: unknown name ${shape}`);
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">' +
    `<g fill="#e03a3a" ${HANDS[style] ?? ''}>${outline}</g></svg>`
  );
}
