import { readFile } from 'node:fs/promises';
import { EndpointError, type Verdict } from '../../../client/index.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { forEachBounded } from '../../../functions/lib/for-each-bounded.ts';
import type { Answer, Problem, Question } from '../question.ts';
import { shownPath } from '../shown-path.ts';
import type { Answerer } from './answerer.ts';

/**
 * Answers questions, each picture read and seen once for all that is asked about it with the same premise. A picture that
 * cannot be answered about does not end the others.
 *
 * @param onAnswer Called as each answer is there, in no order across pictures.
 * @returns In the order of the questions.
 * @throws Whatever is a fault of ours.
 */
export async function answerQuestions(
  questions: readonly Question[],
  answerer: Answerer,
  onAnswer: (answer: Answer) => void,
): Promise<Answer[]> {
  const answers = new Map<Question, Answer>();
  const groups = Map.groupBy(questions, ({ path, premise }) => JSON.stringify([path, premise]));
  await forEachBounded(groups.values(), answerer.concurrency, async (group) => {
    const open = [...group];
    const add = (result: Verdict | Problem) => {
      const question = open.shift();
      if (question === undefined) return;
      const answer = { ...question, result };
      answers.set(question, answer);
      onAnswer(answer);
    };
    const problem = await answerGroup(group, answerer, add).catch(problemOf);
    while (problem !== undefined && open.length > 0) add(problem);
  });
  return questions.flatMap((question) => answers.get(question) ?? []);
}

async function answerGroup(
  group: readonly Question[],
  answerer: Answerer,
  add: (result: Verdict | Problem) => void,
): Promise<Problem | undefined> {
  const [first] = group;
  if (first === undefined) return;
  const { path, premise } = first;
  const image = await readFile(path).catch((cause: Error) => cause);
  if (image instanceof Error) {
    return {
      code: 'unreadable',
      detail: `cannot read the image ${shownPath(path)}: ${image.message}`,
    };
  }
  const hypotheses = group.map(({ hypothesis }) => hypothesis);
  await answerer.answer({ image, hypotheses, premise }, add);
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof EntailError || error instanceof EndpointError)) throw error;
  return { code: error.code, detail: error.message };
}
