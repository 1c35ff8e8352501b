import { Marked } from 'marked';
import { type Html, html } from './html.ts';

const marked = new Marked({ gfm: true });

/** Renders Markdown of ours, which is taken as it is; tables can be scrolled on their own. */
export function markdown(text: string): Html {
  const rendered = marked.parse(text, { async: false });
  return {
    html: rendered
      .replaceAll(
        '<table>',
        '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>',
      )
      .replaceAll('</table>', '</table></div>')
      .replace(/<h2>(.*?)<\/h2>/g, (_whole, title: string) => heading(title).html),
  };
}

/** Renders Markdown without a paragraph around it. */
export function inlineMarkdown(text: string): Html {
  return { html: marked.parseInline(text, { async: false }) };
}

function heading(title: string): Html {
  return html`<h2 id="${title.toLowerCase().replaceAll(' ', '-')}">${{ html: title }}</h2>`;
}
