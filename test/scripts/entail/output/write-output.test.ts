import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { writeOutput } from '../../../../scripts/entail/output/write-output.ts';
import { userPath } from '../../../../scripts/lib/user-path.ts';
import { answerOf, BROKEN, verdictOf } from '../sample-answers.ts';

const NO = answerOf('pictures/long.png', 'a "dog", running', verdictOf('contradiction', 0.9));
const YES = { ...answerOf('b.png', 'a cat', verdictOf('entailment', 1)), source: userPath('c.md') };
const NONE = { ...answerOf('b.png', 'a bird', BROKEN), premise: 'a park' };
const MANY = { answers: [NO, YES, NONE], failed: new Set([NO]), isOnePicture: false };
const ONE = { answers: [YES, YES], failed: new Set<typeof NO>(), isOnePicture: true };

describe('writeOutput()', () => {
  it('text: a table, what fails marked, why there is no answer, and a summary', () => {
    assert.equal(
      stripVTControlCharacters(writeOutput(MANY, 'text', process.stdout)),
      [
        '✖ contradiction  90.0 %  pictures/long.png  a "dog", running',
        '  entailment    100.0 %  b.png              a cat',
        '  no answer              b.png              a bird',
        '    cannot decode the image (image_corrupt)',
        '',
        '3 questions: 1 entailment, 0 neutral, 1 contradiction, 1 without an answer; made-up (int8)',
      ].join('\n'),
    );
  });

  it('text: nothing is marked where nothing fails', () => {
    const calm = { ...MANY, answers: [YES], failed: new Set<typeof NO>() };
    const [first, , summary] = writeOutput(calm, 'text', process.stdout).split('\n');
    assert.equal(stripVTControlCharacters(first ?? ''), 'entailment    100.0 %  b.png  a cat');
    assert.match(summary ?? '', /^1 question: /);
    const nothing = { ...MANY, answers: [] };
    assert.match(writeOutput(nothing, 'text', process.stdout), /^0 questions: /m);
  });

  it('text: a sentence stays on its line, and gives the terminal no orders', () => {
    const sly = answerOf('b.png', 'a\n::error::b\u001b[2J\u009b2J', verdictOf('neutral', 0.9));
    const outcome = { ...MANY, answers: [sly], failed: new Set<typeof NO>() };
    const [line = ''] = writeOutput(outcome, 'text', process.stdout).split('\n');
    assert.ok(line.endsWith('b.png  a ::error::b [2J 2J'), JSON.stringify(line));
  });

  it('json: a row for each question, with a verdict or a problem', () => {
    assert.deepEqual(JSON.parse(writeOutput(MANY, 'json', process.stdout)), [
      { path: 'pictures/long.png', hypothesis: 'a "dog", running', verdict: NO.result },
      { path: 'b.png', hypothesis: 'a cat', source: 'c.md', verdict: YES.result },
      { path: 'b.png', hypothesis: 'a bird', premise: 'a park', problem: BROKEN },
    ]);
  });

  it('json: plain verdicts of one picture, or nothing', () => {
    const verdicts = JSON.parse(writeOutput(ONE, 'json', process.stdout));
    assert.deepEqual(verdicts, [YES.result, YES.result]);
    const broken = { ...ONE, answers: [YES, NONE] };
    assert.equal(writeOutput(broken, 'json', process.stdout), '');
  });

  it('csv: quoted where it must be, empty where there is nothing', () => {
    const [head, ...rows] = writeOutput(MANY, 'csv', process.stdout).split('\n');
    assert.equal(
      head,
      'image,text,premise,source,label,entailment,neutral,contradiction,code,detail',
    );
    assert.match(
      rows[0] ?? '',
      /^pictures\/long\.png,"a ""dog"", running",,,contradiction,0\.0\d+,0\.0\d+,0\.9,,$/,
    );
    assert.deepEqual(rows.slice(1), [
      'b.png,a cat,,c.md,entailment,1,0,0,,',
      'b.png,a bird,a park,,,,,,image_corrupt,cannot decode the image',
    ]);
  });

  it('text: bars of one picture, and what it is', () => {
    const text = stripVTControlCharacters(writeOutput(ONE, 'text', process.stdout));
    assert.equal(text.match(/^a cat: entailment \(yes\)$/gm)?.length, 2);
    assert.match(text, /\n\npng 2x3, made-up \(int8\)$/);
  });
});
