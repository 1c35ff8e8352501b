import type { ByLabel, Engine, PromptIds } from '../../functions/model/engine.ts';
import type { BackendLogits, Manifest } from '../../functions/model/manifest.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { encodeQuestion } from '../../functions/text/encode-question.ts';
import { createTokenizer } from '../../functions/text/tokenizer.ts';
import type { ReadableModel } from './author-model.ts';
import { askAll, type EngineAnswers } from './compare-engines.ts';
import { ConvertError } from './convert-error.ts';
import { memoryEngine } from './memory-engine.ts';

const HYPOTHESES = ['there are two birds.', 'a person is outside.', 'nobody can be seen.'];
/** The runtime is deterministic; this leaves room for another order of sums with several threads. */
const SELF_TEST_TOLERANCE = 1e-3;

/** What a model said when it was tried. */
export interface ModelTrial {
  /** For the manifest: the first hypothesis about the self-test picture. */
  readonly selfTest: Manifest['selfTest'];
  /** Answers to three hypotheses about each picture, vision by kernels where there are weights for them. */
  readonly answers: EngineAnswers;
}

/** What a model is tried with. */
export interface TrialSetting {
  readonly runtime: OrtRuntime;
  /** What is asked about each picture; the first is the self-test's. */
  readonly questions: readonly PromptIds[];
  /** Each `[side, side, 3]`, RGB, 0-255. */
  readonly pictures: readonly Uint8Array[];
  /** Called after each picture, the self-test's included. */
  readonly onPicture: (done: number, total: number) => void;
}

/** The hypotheses that a model is tried on, as the tokens it is asked with. */
export async function trialQuestions({
  read,
  text,
}: Pick<ReadableModel, 'read' | 'text'>): Promise<PromptIds[]> {
  const tokenizer = createTokenizer(await read('tokenizer'));
  return HYPOTHESES.map((hypothesis) =>
    encodeQuestion({ hypothesis, premise: null }, text, tokenizer),
  );
}

/**
 * Loads a model that was just written and asks it, with each backend of vision that it has weights for.
 *
 * @throws {ConvertError} Its logits are not numbers.
 */
export async function tryModel(
  model: ReadableModel,
  { runtime, questions, pictures, onPicture }: TrialSetting,
): Promise<ModelTrial> {
  const [first] = questions;
  if (first === undefined) throw new RangeError('cannot make a self-test: no question');
  const total = pictures.length + 1;
  const ask = async (engine: Engine) => askSelfTest(engine, first);
  let engine = await memoryEngine(runtime, model);
  try {
    let logits: BackendLogits = { onnxruntime: await ask(engine) };
    if (model.dtype === 'int8') {
      engine.release();
      engine = await memoryEngine(runtime, model, 'kernels');
      logits = { ...logits, kernels: await ask(engine) };
    }
    const selfTest = { ...first, logits, tolerance: SELF_TEST_TOLERANCE };
    onPicture(1, total);
    const answers: EngineAnswers[] = [];
    for (const picture of pictures) {
      answers.push(await askAll(engine, [picture], questions));
      onPicture(answers.length + 1, total);
    }
    const tokens = answers.flatMap((answer) => answer.tokens);
    return { selfTest, answers: { tokens, logits: answers.flatMap(({ logits }) => logits) } };
  } finally {
    engine.release();
  }
}

async function askSelfTest(engine: Engine, question: PromptIds): Promise<ByLabel> {
  const tokens = await engine.encodeTestImage();
  const answer = await engine.judge(tokens, question);
  tokens.release();
  if (!Object.values(answer).every(Number.isFinite)) {
    throw new ConvertError(
      `cannot use this checkpoint: its logits on the self-test picture are ${JSON.stringify(answer)}, not numbers; ` +
        'look for NaN or infinite weights',
    );
  }
  return answer;
}
