import { answerQuestions } from './entail/answer/answer-questions.ts';
import { openAnswerer } from './entail/answer/open-answerer.ts';
import { findFailures } from './entail/find-failures.ts';
import { gatherQuestions } from './entail/input/gather-questions.ts';
import { writeOutput } from './entail/output/write-output.ts';
import { parseOptions } from './entail/parse-options.ts';
import { isVerdict } from './entail/question.ts';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';

/** An answer is one that `--fail-on` names; 1, which wins, means that something went wrong. */
const EXIT_FAILED = 2;

await runCommand(async (args) => {
  const options = parseOptions(args);
  const { questions, isOnePicture, skipped } = await gatherQuestions(options);
  if (skipped > 0) console.error(`${skipped} pictures passed over: not here, or no PNG or JPEG`);
  const answerer = await openAnswerer(options);
  const progress = createProgress();
  let done = 0;
  const answers = await answerQuestions(questions, answerer, () => {
    done += 1;
    progress.show('answering', done, questions.length);
  }).finally(progress.stop);
  const failed = findFailures(answers, options.failOn);
  const output = writeOutput({ answers, failed, isOnePicture }, options.format, process.stdout);
  if (output !== '') console.log(output);
  if (failed.size > 0) {
    console.error(
      `${failed.size} of ${answers.length} answers fail: ${options.failOn?.labels.join(', ')}`,
    );
    process.exitCode = EXIT_FAILED;
  }
  const [problem, ...others] = answers.flatMap(({ result }) => (isVerdict(result) ? [] : [result]));
  if (problem === undefined) return;
  const count = isOnePicture ? '' : `${others.length + 1} of ${answers.length} without an answer: `;
  throw new Error(`${count}${problem.detail} (${problem.code})`);
});
