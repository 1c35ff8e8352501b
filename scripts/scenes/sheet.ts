import type { MadeScene } from './make-scenes.ts';

const STYLE = `
  body { font: 14px/1.35 system-ui, sans-serif; margin: 24px; color: #1d1d1f; background: #fff; }
  h1 { font-size: 20px; }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(560px, 1fr)); gap: 16px; }
  article { display: flex; gap: 12px; border: 1px solid #ddd; border-radius: 8px; padding: 10px; }
  img { width: 192px; height: 192px; flex: none; }
  figure { margin: 0; width: 192px; }
  figcaption, small { color: #666; font-size: 12px; }
  ul { list-style: none; margin: 0; padding: 0; }
  b { display: inline-block; width: 20px; text-align: center; border-radius: 4px; color: #fff; }
  .entailment { background: #1a7f37; } .neutral { background: #6e7781; } .contradiction { background: #c0322b; }
`;
const MARKS = { entailment: 'E', neutral: 'N', contradiction: 'C' } as const;

/**
 * Lays scenes out with their sentences and labels, as one HTML page that needs nothing else.
 *
 * @param title What is shown.
 */
export function sheet(title: string, scenes: readonly MadeScene[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
<p><b class="entailment">E</b> entailment <b class="neutral">N</b> neutral <b class="contradiction">C</b> contradiction</p>
<main>
${scenes.map(article).join('\n')}
</main>
</html>
`;
}

function article({ record, pairs, png }: MadeScene): string {
  const about = [
    record.image,
    record.style,
    `${record.background}, ${record.time}${record.greyscale ? ', greyscale' : ''}`,
    record.objects.map(({ noun, colour }) => (colour ? `${colour} ${noun}` : noun)).join(', '),
  ];
  const lines = pairs.map(({ hypothesis, premise, label, kind }) => {
    const given = premise === null ? '' : ` <small>given: ${escapeHtml(premise)}</small>`;
    return `<li><b class="${label}">${MARKS[label]}</b> ${escapeHtml(hypothesis)}${given} <small>${kind}</small></li>`;
  });
  return `<article><figure><img alt="" src="data:image/png;base64,${png.toString('base64')}">
<figcaption>${about.map(escapeHtml).join('<br>')}</figcaption></figure><ul>
${lines.join('\n')}
</ul></article>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
