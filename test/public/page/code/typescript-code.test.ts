import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { describe, it } from 'node:test';
import { typescriptCode } from '../../../../public/page/code/typescript-code.ts';

const request = {
  endpoint: 'https://entail.example',
  image: { name: 'photo.jpg', copied: false },
  hypotheses: ['A dog runs.'],
  premise: null,
  explain: false,
  withKey: false,
};

describe('typescriptCode()', () => {
  it('asks one sentence with entail()', () => {
    assert.equal(
      typescriptCode(request),
      `import { readFile } from 'node:fs/promises';
import { createClient } from 'edge-entail/client';

const endpoint = 'https://entail.example';
const client = createClient({ endpoint });
const image = await readFile('photo.jpg');
console.log(await client.entail({
  image,
  hypothesis: 'A dog runs.',
}));`,
    );
  });

  it('writes any text as a literal, and code that parses', () => {
    const hypotheses = ["It's a dog", 'a "dog" \\ `x` $y', 'two\nlines'];
    const code = typescriptCode({
      ...request,
      hypotheses,
      premise: "o'",
      explain: true,
      withKey: true,
    });
    stripTypeScriptTypes(code);
    const literals = [...code.matchAll(/^ {4}('.*'),$/gm)].map(([, text]) => text);
    assert.deepEqual(
      literals.map((literal) => new Function(`return ${literal}`)()),
      hypotheses,
    );
    for (const part of [
      "premise: 'o\\''",
      'explain: true',
      'const apiKey = process.env.EDGE_ENTAIL_API_KEY;',
    ]) {
      assert.ok(code.includes(part), part);
    }
  });
});
