import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EndpointError } from '../../../../client/index.ts';
import { answerQuestions } from '../../../../scripts/entail/answer/answer-questions.ts';
import type { Answerer } from '../../../../scripts/entail/answer/answerer.ts';
import { type Answer, isVerdict, type Question } from '../../../../scripts/entail/question.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';
import { BROKEN, verdictOf } from '../sample-answers.ts';

const folder = temporaryFolder();
for (const name of ['a', 'b', 'lost']) writeFileSync(join(folder, name), name);

function ask(name: string, hypothesis: string, premise: string | null = null): Question {
  return { path: join(folder, name), hypothesis, premise, source: null };
}

/** Answers by its words, and keeps what it was asked. */
function wordAnswerer(concurrency = 2) {
  const asked: string[] = [];
  let [underWay, peak] = [0, 0];
  const answerer: Answerer = {
    concurrency,
    async answer({ image, hypotheses, premise }, onResult) {
      const name = Buffer.from(image).toString();
      asked.push(`${name}: ${hypotheses.join(', ')} (${premise})`);
      underWay += 1;
      peak = Math.max(peak, underWay);
      for (const hypothesis of hypotheses) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (name === 'lost') {
          underWay -= 1;
          throw new EndpointError('cannot read the answer', { code: 'broken_off' });
        }
        onResult(hypothesis === 'bad' ? BROKEN : verdictOf('neutral', 0.9));
      }
      underWay -= 1;
    },
  };
  return { answerer, asked, peak: () => peak };
}

const shown = ({ hypothesis, result }: Answer) =>
  `${hypothesis}: ${isVerdict(result) ? result.label : result.code}`;

describe('answerQuestions()', () => {
  it('asks once for each picture and premise, and answers in the order of the questions', async () => {
    const { answerer, asked } = wordAnswerer();
    const questions = [
      ask('a', '1'),
      ask('b', '2'),
      ask('a', 'bad'),
      ask('a', '4', 'p'),
      ask('b', '5'),
    ];
    let told = 0;
    const answers = await answerQuestions(questions, answerer, () => {
      told += 1;
    });
    assert.deepEqual(answers.map(shown), [
      '1: neutral',
      '2: neutral',
      'bad: image_corrupt',
      '4: neutral',
      '5: neutral',
    ]);
    assert.deepEqual(asked.sort(), ['a: 1, bad (null)', 'a: 4 (p)', 'b: 2, 5 (null)']);
    assert.equal(told, 5);
  });

  it('gives each question of a picture that fails its reason, and goes on with the others', async () => {
    const questions = [
      ask('none', '1'),
      ask('lost', '2'),
      ask('none', '3'),
      ask('lost', '4'),
      ask('a', '5'),
    ];
    const answers = await answerQuestions(questions, wordAnswerer().answerer, () => {});
    assert.deepEqual(answers.map(shown), [
      '1: unreadable',
      '2: broken_off',
      '3: unreadable',
      '4: broken_off',
      '5: neutral',
    ]);
    const [first] = answers;
    assert.ok(first && !isVerdict(first.result));
    assert.match(first.result.detail, /^cannot read the image .*none: ENOENT/);
  });

  it('has no more pictures under way than its answerer takes', async () => {
    const questions = ['1', '2', '3', '4'].map((premise) => ask('a', 'x', premise));
    for (const concurrency of [1, 3]) {
      const { answerer, peak } = wordAnswerer(concurrency);
      await answerQuestions(questions, answerer, () => {});
      assert.equal(peak(), concurrency);
    }
  });

  it('does not take a fault of ours for an answer', async () => {
    const answerer: Answerer = {
      concurrency: 1,
      answer: () => Promise.reject(new TypeError('ours')),
    };
    await assert.rejects(
      answerQuestions([ask('a', '1')], answerer, () => {}),
      /ours/,
    );
  });
});
