import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A picture in a page, and the text in its place. */
export interface AltText {
  /** As it stands in the page. */
  readonly src: string;
  readonly alt: string;
}

/**
 * Reads the pictures of a page and their alternative texts, in their order. One without such a text, or with an empty one,
 * which marks an ornament, says nothing that could be wrong.
 *
 * @param html A page, or a part of one.
 */
export function readAltTexts(html: string): AltText[] {
  const found: AltText[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === 'img' && 'attrs' in node) {
      const values = new Map(node.attrs.map(({ name, value }) => [name, value]));
      const src = values.get('src')?.trim();
      // A line end in an attribute is there for the eye of who wrote the page.
      const alt = values.get('alt')?.trim().replace(/\s+/g, ' ');
      if (src && alt) found.push({ src, alt });
    }
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
    if (node.nodeName === 'template' && 'content' in node) visit(node.content);
  };
  // Pages that load pictures late have the plain ones in <noscript>.
  visit(parse(html, { scriptingEnabled: false }));
  return found;
}
