import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memberList } from '../../../scripts/docs-page/fields.ts';
import { html } from '../../../scripts/docs-page/html.ts';
import { markdown } from '../../../scripts/docs-page/markdown.ts';
import { typeWords } from '../../../scripts/docs-page/type-words.ts';

describe('html``', () => {
  it('escapes texts, and puts HTML in as it is', () => {
    const inner = html`<b title="${'"&'}">${'<x>'}</b>`;
    assert.equal(inner.html, '<b title="&quot;&amp;">&lt;x&gt;</b>');
    assert.equal(html`${[inner, inner]}${null}${5}`.html, `${inner.html}${inner.html}5`);
  });
});

describe('typeWords()', () => {
  it('says what a schema allows', () => {
    for (const [schema, words] of [
      [{ type: 'number', minimum: 0, maximum: 1 }, 'number, 0 to 1'],
      [{ type: 'integer', minimum: 1 }, 'integer, 1 or more'],
      [{ type: ['string', 'null'], maxLength: 5 }, 'string, at most 5 characters or null'],
      [{ type: 'string', enum: ['a', 'b'] }, '<code>a</code> or <code>b</code>'],
      [{ enum: [1, 2, 3, 4, 5, 6, 7] }, 'one of 7 values'],
      [{ const: 'a' }, '<code>a</code>'],
      [{ type: 'string', contentMediaType: 'image/png' }, 'file'],
      [{ $ref: '#/components/schemas/Verdict' }, '<a href="#Verdict">Verdict</a>'],
      [
        { type: 'array', minItems: 1, maxItems: 32, items: { type: 'string' } },
        'list, 1 to 32, each: string',
      ],
      [
        { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] },
        'list of integer and integer',
      ],
      [{ anyOf: [{ type: 'boolean' }, { type: 'null' }] }, 'boolean or null'],
    ] as const) {
      assert.equal(typeWords(JSON.parse(JSON.stringify(schema))).html, words);
    }
  });
});

describe('memberList()', () => {
  it('lists members of objects in objects by their path, and says which may be absent', () => {
    const { html: text } = memberList({
      type: 'object',
      required: ['scores'],
      properties: {
        scores: {
          type: 'object',
          properties: { neutral: { type: 'number' } },
          required: ['neutral'],
        },
        more: { type: 'string', description: 'See `scores`.' },
      },
    });
    const names = [...text.matchAll(/<dt><code>(.*?)<\/code>(.*?)<\/dt>/g)];
    assert.deepEqual(
      names.map(([, name, note]) => [name, /optional/.test(note ?? '')]),
      [
        ['scores', false],
        ['scores.neutral', false],
        ['more', true],
      ],
    );
    assert.match(text, /See <code>scores<\/code>\./);
  });
});

describe('markdown()', () => {
  it('gives headings a place to link to, and tables a frame to scroll in', () => {
    const { html: text } = markdown('## What stays\n\n| a |\n| --- |\n| 1 |\n');
    assert.match(text, /<h2 id="what-stays">What stays<\/h2>/);
    assert.match(text, /<div class="scroll"[^>]*><table>[\s\S]*<\/table><\/div>/);
  });
});
