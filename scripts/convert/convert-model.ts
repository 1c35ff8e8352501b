import type { PromptIds } from '../../functions/model/engine.ts';
import type { Manifest } from '../../functions/model/manifest.ts';
import { MAX_HEAP_BYTES } from '../../functions/model/manifest-schema.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { selfTestPixels } from '../../functions/model/self-test-pixels.ts';
import { collectAllGarbage } from '../lib/collect-garbage.ts';
import {
  type ModelSource,
  modelAuthor,
  type Precision,
  type ReadableModel,
} from './author-model.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { expectedTensors } from './checkpoint/expected-tensors.ts';
import { type Agreement, compareAnswers } from './compare-engines.ts';
import { type IsolateLedger, isolateLedger } from './isolate-ledger.ts';
import { lazyModel } from './lazy-model.ts';
import { measureHeap } from './measure-heap.ts';
import { visionShape } from './model-shape.ts';
import { batchNormRanges } from './quantise/batch-norm-ranges.ts';
import { calibrate } from './quantise/calibrate.ts';
import { chooseRanges, DEFAULT_CHOICE, type RangeChoice } from './quantise/choose-range.ts';
import { readSource } from './read-source.ts';
import { writeManifest, writeModelFiles } from './shards/write-model-folder.ts';
import { storedModel } from './stored-model.ts';
import { type ModelTrial, trialQuestions, tryModel } from './try-model.ts';

/** Pictures the two precisions are compared on when none are given. */
const DRAWN_PICTURES = 4;
/** Of the pictures given, as many as the comparison takes. */
const MAX_COMPARED_PICTURES = 8;

/** What to convert, and how. */
export interface Conversion {
  readonly checkpoint: Checkpoint;
  /** Folder that the shards and the manifest go to. */
  readonly out: string;
  readonly name: string;
  readonly dtype: Manifest['dtype'];
  /** Pictures to take activation ranges from, each `[side, side, 3]`; null: BatchNorm statistics are used. */
  readonly pictures: readonly Uint8Array[] | null;
  /** How a range is taken from pictures; {@linkcode DEFAULT_CHOICE} unless told. */
  readonly choice?: RangeChoice;
  /** Keys of linear layers that int8 keeps in fp32; none unless told. */
  readonly kept?: ReadonlySet<string>;
  /** Starts a runtime, one for each model that is tried: a heap never shrinks, but goes with its runtime. */
  readonly createRuntime: () => Promise<OrtRuntime>;
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
  /** How the weights were written, in how many files, and how many tensors had another name there. */
  readonly weights: Pick<Checkpoint['weights'], 'form' | 'files' | 'renamed'>;
  /** Tensors of the checkpoint that entailment reads. */
  readonly kept: ParameterCount;
  /** Tensors it never reads, buffers included. */
  readonly dropped: ParameterCount;
  /** Where int8 ranges came from. */
  readonly ranges: 'BatchNorm statistics' | 'pictures';
  /** int8 against fp32; null when fp32 was asked for. */
  readonly agreement: Agreement | null;
  /** What an isolate would hold. */
  readonly ledger: IsolateLedger;
}

/**
 * Converts a checkpoint into a folder of shards: reads, quantises, writes the shards, tries them out, writes the manifest.
 *
 * Tensors, files and the fp32 model that int8 is compared with are in memory one at a time.
 */
export async function convertModel(conversion: Conversion): Promise<ConversionReport> {
  const { checkpoint, dtype, onProgress } = conversion;
  const source = await readSource(checkpoint, (done, total) =>
    onProgress('reading tensors', done, total),
  );
  collectAllGarbage();
  const precision = await choosePrecision(conversion, source);
  onProgress('writing shards', 0, 1);
  const author = modelAuthor(source, precision);
  const files = await writeModelFiles(conversion.out, author);
  const model = storedModel(conversion.out, author, files);
  onProgress('writing shards', 1, 1);
  const questions = await trialQuestions(model);
  const { selfTest, answers } = await tryOut(conversion, model, questions);
  collectAllGarbage();
  const least = isolateLedger({ ...model, files, heapBytes: null });
  // One that cannot fit an isolate is not measured: its prompts take minutes.
  const heap = least.fits
    ? await measureHeap(model, (done, total) => onProgress('measuring memory', done, total))
    : null;
  collectAllGarbage();
  const fp32 =
    dtype === 'fp32'
      ? null
      : await tryOut(conversion, referenceModel(source, questions), questions);
  const heapBytes = heap !== null && heap <= MAX_HEAP_BYTES ? heap : null;
  const manifest = { ...model, name: conversion.name, selfTest, heapBytes, files };
  return {
    manifest: await writeManifest(conversion.out, manifest),
    weights: checkpoint.weights,
    kept: countNumbers([...expectedTensors(source.config).values()]),
    dropped: countNumbers(checkpoint.unused().map(({ shape }) => shape)),
    ranges: conversion.pictures === null ? 'BatchNorm statistics' : 'pictures',
    agreement: fp32 === null ? null : compareAnswers(fp32.answers, answers),
    ledger: isolateLedger({ ...manifest, heapBytes: heap }),
  };
}

async function choosePrecision(conversion: Conversion, source: ModelSource): Promise<Precision> {
  const { dtype, pictures, choice = DEFAULT_CHOICE, kept = new Set() } = conversion;
  const { createRuntime, onProgress } = conversion;
  if (dtype === 'fp32') return { dtype };
  const { config, weights } = source;
  if (pictures === null) {
    return { dtype, ranges: batchNormRanges(config.resnetBlocks, weights), kept };
  }
  const seen = await calibrate(await createRuntime(), {
    shape: visionShape(config),
    weights,
    normalisation: { mean: config.imageMean, std: config.imageStd },
    pictures,
    onPicture: (done) => onProgress('calibrating', done, pictures.length),
  });
  return { dtype, ranges: chooseRanges(seen, choice), kept };
}

/** The fp32 model that int8 is compared with: it is asked these questions only, so its table ends with their last token. */
function referenceModel(source: ModelSource, questions: readonly PromptIds[]): ReadableModel {
  const ids = questions.flatMap(({ encoder, decoder }) => [...encoder, ...decoder]);
  return lazyModel(modelAuthor({ ...source, textRows: Math.max(...ids) + 1 }, { dtype: 'fp32' }));
}

async function tryOut(
  { pictures, createRuntime, onProgress }: Conversion,
  model: ReadableModel,
  questions: readonly PromptIds[],
): Promise<ModelTrial> {
  const drawn = Array.from({ length: DRAWN_PICTURES }, (_, index) =>
    selfTestPixels(model.image.side, index + 1),
  );
  return tryModel(model, {
    runtime: await createRuntime(),
    questions,
    pictures: pictures?.slice(0, MAX_COMPARED_PICTURES) ?? drawn,
    onPicture: (done, total) => onProgress(`trying ${model.dtype}`, done, total),
  });
}

function countNumbers(shapes: readonly (readonly number[])[]): ParameterCount {
  const numbers = shapes.map((shape) => shape.reduce((product, side) => product * side, 1));
  return { tensors: shapes.length, numbers: numbers.reduce((sum, count) => sum + count, 0) };
}
