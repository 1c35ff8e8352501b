import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSourceViolations, MAX_FILE_LINES } from '../../../scripts/lib/source-violations.ts';

function rulesOf(source: string, path = 'functions/lib/made-up.ts'): string[] {
  return findSourceViolations(path, source).map(({ rule }) => rule);
}

const UNDOCUMENTED = [
  'export const a = 1;',
  'export function a() {}',
  'export class A {}',
  'export interface A { b: 1 }',
  'export type A = 1;',
  'export default {};',
  '// not a doc comment\nexport const a = 1;',
  '/** */\nexport const a = 1;',
  '/** @returns something */\nexport function a() {}',
];

for (const source of UNDOCUMENTED) {
  test(`findSourceViolations() refuses ${JSON.stringify(source)}: no doc comment`, () => {
    assert.deepEqual(rulesOf(source), ['undocumented']);
    const documented = `/** Says what it is. */\n${source.split('\n').at(-1)}`;
    assert.deepEqual(rulesOf(documented), []);
  });
}

test('findSourceViolations() leaves re-exports and what is not exported without a comment', () => {
  assert.deepEqual(rulesOf("export { a } from './a.ts';\nconst b = 1;\nfunction c() {}"), []);
});

test('findSourceViolations() asks no doc comments of tests', () => {
  assert.deepEqual(rulesOf('export const a = 1;', 'test/lib/a.ts'), []);
});

const BROKEN = [
  ['any', 'let a: any;'],
  ['any', 'function a(b: Array<any>) {}'],
  ['non-null', 'const a = b!;'],
  ['non-null', 'b!.c();'],
  ['cast', 'const a = b as string;'],
  ['cast', 'const a = <string>b;'],
  ['cast', 'const a = { b } satisfies C as D;'],
  ['foreign-throw', "throw new Error('no code');"],
  ['foreign-throw', 'if (a) throw new TypeError();'],
] as const;

for (const [rule, source] of BROKEN) {
  test(`findSourceViolations() refuses ${source}: ${rule}`, () => {
    assert.deepEqual(rulesOf(source), [rule]);
  });
}

const FINE = [
  'const a = [1] as const;',
  'const a = b !== c;',
  "import { a as b } from './a.ts';",
  "throw new EntailError('internal', 'cannot');",
  'try { a(); } catch (error) { throw error; }',
  "throw refusal('why');",
  '// any thing as such!',
  "const any = 'as any';",
];

for (const source of FINE) {
  test(`findSourceViolations() allows ${source}`, () => {
    assert.deepEqual(rulesOf(source), []);
  });
}

test('findSourceViolations() lets scripts and tests throw plain errors', () => {
  assert.deepEqual(rulesOf("throw new Error('a');", 'scripts/a.ts'), []);
  assert.deepEqual(rulesOf("throw new Error('a');", 'test/a.ts'), []);
  assert.deepEqual(rulesOf("throw new Error('a');", 'wasm/a.ts'), ['foreign-throw']);
});

test(`findSourceViolations() refuses more than ${MAX_FILE_LINES} lines`, () => {
  const lines = (count: number) => 'a();\n'.repeat(count);
  assert.deepEqual(rulesOf(lines(MAX_FILE_LINES)), []);
  assert.deepEqual(rulesOf(lines(MAX_FILE_LINES + 1)), ['long-file']);
});

test('findSourceViolations() names the line and what stands there', () => {
  const [found] = findSourceViolations('scripts/a.ts', '\n\nconst a =\n  b as string;\n');
  assert.deepEqual(found, { rule: 'cast', line: 4, text: 'b as string' });
});
