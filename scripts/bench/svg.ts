/** A picture of lines and words, readable on light and dark pages. */
export function svg(
  {
    title,
    width,
    height,
  }: { readonly title: string; readonly width: number; readonly height: number },
  content: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="20" font-size="14" font-weight="bold" fill="#222">${escaped(title)}</text>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

/** A colour and what it stands for. */
export interface Key {
  readonly name: string;
  /** CSS. */
  readonly colour: string;
}

/** The legend, in a row under the title that begins at `left`. */
export function legendKeys(legend: readonly Key[], left: number): string[] {
  let at = left;
  return legend.flatMap(({ name, colour }) => {
    const key = `<rect x="${at}" y="32" width="11" height="11" fill="${colour}"/>`;
    const label = text(at + 16, 42, escaped(name), 'start');
    at += 28 + name.length * 7;
    return [key, label];
  });
}

/** Words; `content` is escaped already. */
export function text(
  x: number,
  y: number,
  content: string,
  anchor: 'start' | 'middle' | 'end',
): string {
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}" fill="#222">${content}</text>`;
}

/** A coordinate. */
export function n(value: number): string {
  return value.toFixed(1);
}

/** Makes a text fit for XML. */
export function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
