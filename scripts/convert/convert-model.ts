import { readFile } from 'node:fs/promises';
import type { PromptIds } from '../../functions/model/engine.ts';
import type { Manifest } from '../../functions/model/manifest.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { selfTestPixels } from '../../functions/model/self-test.ts';
import { encodeQuestion } from '../../functions/text/encode-question.ts';
import { parsePrompt } from '../../functions/text/parse-prompt.ts';
import { createTokenizer } from '../../functions/text/tokenizer.ts';
import {
  type AuthoredModel,
  authorModel,
  type ModelSource,
  type Precision,
} from './author-model.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { expectedTensors } from './checkpoint/expected-tensors.ts';
import { type Agreement, askAll, compareAnswers, type EngineAnswers } from './compare-engines.ts';
import { ConvertError } from './convert-error.ts';
import { memoryEngine } from './memory-engine.ts';
import { visionShape } from './model-shape.ts';
import { batchNormRanges } from './quantise/batch-norm-ranges.ts';
import { calibrate } from './quantise/calibrate.ts';
import { readWeights } from './read-weights.ts';
import { writeModelFolder } from './shards/write-model-folder.ts';
import { answerIds } from './tokenizer/answer-ids.ts';
import { compileTokenizer } from './tokenizer/compile-tokenizer.ts';

/** Pictures the two precisions are compared on when none are given. */
const DRAWN_PICTURES = 4;
/** Of the pictures given, as many as the comparison takes. */
const MAX_COMPARED_PICTURES = 8;
const HYPOTHESES = ['there are two birds.', 'a person is outside.', 'nobody can be seen.'];
/** The runtime is deterministic; this leaves room for another order of sums with several threads. */
const SELF_TEST_TOLERANCE = 1e-3;

/** What to convert, and how. */
export interface Conversion {
  readonly checkpoint: Checkpoint;
  /** Folder that the shards and the manifest go to. */
  readonly out: string;
  readonly name: string;
  readonly dtype: Manifest['dtype'];
  /** Pictures to take activation ranges from, each `[side, side, 3]`; null: BatchNorm statistics are used. */
  readonly pictures: readonly Uint8Array[] | null;
  readonly runtime: OrtRuntime;
  /** Called as work goes on. */
  readonly onProgress: (step: string, done: number, total: number) => void;
}

/** Tensors, and numbers in them. */
export interface ParameterCount {
  readonly tensors: number;
  readonly numbers: number;
}

/** What came of a conversion. */
export interface ConversionReport {
  readonly manifest: Manifest;
  /** Tensors of the checkpoint that entailment reads. */
  readonly kept: ParameterCount;
  /** Tensors it never reads, buffers included. */
  readonly dropped: ParameterCount;
  /** Where int8 ranges came from. */
  readonly ranges: 'BatchNorm statistics' | 'pictures';
  /** int8 against fp32; null when fp32 was asked for. */
  readonly agreement: Agreement | null;
}

/** Converts a checkpoint into a folder of shards: reads, quantises, tries it out, writes. */
export async function convertModel(conversion: Conversion): Promise<ConversionReport> {
  const { checkpoint, dtype, onProgress } = conversion;
  const source = await readSource(checkpoint, onProgress);
  const precision = await choosePrecision(conversion, source);
  onProgress('writing graphs', 0, 1);
  const model = authorModel(source, precision);
  onProgress('writing graphs', 1, 1);
  const questions = HYPOTHESES.map((hypothesis) =>
    encodeQuestion({ hypothesis, premise: null }, model.text, createTokenizer(source.tokenizer)),
  );
  const given = conversion.pictures?.slice(0, MAX_COMPARED_PICTURES) ?? [];
  const side = source.config.imageSide;
  const drawn = Array.from({ length: DRAWN_PICTURES }, (_, index) =>
    selfTestPixels(side, index + 1),
  );
  const pictures = given.length > 0 ? given : drawn;
  const trials = [selfTestPixels(side), ...pictures];
  const ask = (candidate: AuthoredModel, step: string) =>
    tryOut(conversion, candidate, { step, trials, questions });
  const answers = await ask(model, `trying ${dtype}`);
  const agreement =
    dtype === 'fp32'
      ? null
      : compareAnswers(
          withoutSelfTest(await ask(authorModel(source, { dtype: 'fp32' }), 'trying fp32')),
          withoutSelfTest(answers),
        );
  const [question] = questions;
  const [logits] = answers.logits;
  if (question === undefined || logits === undefined) throw new RangeError('no self-test question');
  if (!Object.values(logits).every(Number.isFinite)) {
    throw new ConvertError(
      `cannot use this checkpoint: its logits on the self-test picture are ${JSON.stringify(logits)}, not numbers; ` +
        'look for NaN or infinite weights',
    );
  }
  const selfTest = { ...question, logits, tolerance: SELF_TEST_TOLERANCE };
  const manifest = await writeModelFolder(conversion.out, model, {
    name: conversion.name,
    selfTest,
  });
  return {
    manifest,
    kept: countNumbers([...expectedTensors(source.config).values()]),
    dropped: countNumbers(checkpoint.unused().map(({ shape }) => shape)),
    ranges: conversion.pictures === null ? 'BatchNorm statistics' : 'pictures',
    agreement,
  };
}

function countNumbers(shapes: readonly (readonly number[])[]): ParameterCount {
  const numbers = shapes.map((shape) => shape.reduce((product, side) => product * side, 1));
  return { tensors: shapes.length, numbers: numbers.reduce((sum, count) => sum + count, 0) };
}

/** The first picture is the self-test's; it is not one of those compared. */
function withoutSelfTest({ tokens, logits }: EngineAnswers): EngineAnswers {
  return { tokens: tokens.slice(1), logits: logits.slice(HYPOTHESES.length) };
}

async function readSource(
  checkpoint: Checkpoint,
  onProgress: Conversion['onProgress'],
): Promise<ModelSource> {
  const { config } = checkpoint;
  if (config.prompt !== null) checkPrompt(config.prompt);
  const compiled = compileTokenizer(
    await readFile(checkpoint.vocabularyPath, 'utf8'),
    await readFile(checkpoint.mergesPath, 'utf8'),
  );
  const { entailment, neutral, contradiction } = config.answers;
  const [yes = 0, maybe = 0, no = 0] = answerIds([entailment, neutral, contradiction], compiled);
  const weights = await readWeights(checkpoint, (done, total) =>
    onProgress('reading tensors', done, total),
  );
  return {
    config,
    weights,
    answerIds: [yes, maybe, no],
    textRows: compiled.rows,
    tokenizer: compiled.table,
  };
}

/** A template that the Worker could not fill is refused here, not at the first question. */
function checkPrompt(prompt: string): void {
  try {
    parsePrompt(prompt);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConvertError(`cannot use model.prompt of configuration.json: ${reason}`, { cause });
  }
}

async function choosePrecision(conversion: Conversion, source: ModelSource): Promise<Precision> {
  const { dtype, pictures, runtime, onProgress } = conversion;
  if (dtype === 'fp32') return { dtype };
  const { config, weights } = source;
  if (pictures === null) {
    return { dtype, ranges: batchNormRanges(config.resnetBlocks, weights) };
  }
  async function* counted(all: readonly Uint8Array[]) {
    for (const [index, picture] of all.entries()) {
      yield picture;
      onProgress('calibrating', index + 1, all.length);
    }
  }
  const ranges = await calibrate(runtime, {
    shape: visionShape(config),
    weights,
    normalisation: { mean: config.imageMean, std: config.imageStd },
    pictures: counted(pictures),
  });
  return { dtype, ranges };
}

async function tryOut(
  { runtime, onProgress }: Conversion,
  model: AuthoredModel,
  trial: { step: string; trials: readonly Uint8Array[]; questions: readonly PromptIds[] },
): Promise<EngineAnswers> {
  const engine = await memoryEngine(runtime, model);
  const answers: EngineAnswers[] = [];
  try {
    for (const picture of trial.trials) {
      answers.push(await askAll(engine, [picture], trial.questions));
      onProgress(trial.step, answers.length, trial.trials.length);
    }
  } finally {
    engine.release();
  }
  return {
    tokens: answers.flatMap(({ tokens }) => tokens),
    logits: answers.flatMap(({ logits }) => logits),
  };
}
