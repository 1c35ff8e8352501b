import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAltTexts } from '../../../../scripts/entail/input/read-alt-texts.ts';

describe('readAltTexts()', () => {
  it('reads pictures wherever they stand, their texts as a reader gets them', () => {
    const page = `<!doctype html><p><img src="a.png" alt="two dogs &amp; a
        cat"><picture><source srcset="b.webp"><img alt='unclosed' src=b.png></picture>
      <template><img src="c.png" alt="in a template"></template>
      <noscript><img src="d.png" alt="without scripts"></noscript><svg><image href="e.png"/></svg>`;
    assert.deepEqual(readAltTexts(page), [
      { src: 'a.png', alt: 'two dogs & a cat' },
      { src: 'b.png', alt: 'unclosed' },
      { src: 'c.png', alt: 'in a template' },
      { src: 'd.png', alt: 'without scripts' },
    ]);
  });

  it('passes over what says nothing, and what is no picture of the page', () => {
    const page = `<img src="a.png"><img src="a.png" alt=""><img src="a.png" alt=" "><img alt="no source">
      <!-- <img src="a.png" alt="a comment"> --><pre>&lt;img src="a.png" alt="shown"&gt;</pre>
      <script>'<img src="a.png" alt="a script">'</script>`;
    assert.deepEqual(readAltTexts(page), []);
  });
});
