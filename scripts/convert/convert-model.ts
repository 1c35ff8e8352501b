import type { Manifest } from '../../functions/model/manifest.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { selfTestPixels } from '../../functions/model/self-test-pixels.ts';
import {
  type AuthoredModel,
  authorModel,
  type ModelSource,
  type Precision,
} from './author-model.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { expectedTensors } from './checkpoint/expected-tensors.ts';
import { type Agreement, compareAnswers } from './compare-engines.ts';
import { measureHeap } from './measure-heap.ts';
import { visionShape } from './model-shape.ts';
import { batchNormRanges } from './quantise/batch-norm-ranges.ts';
import { calibrate } from './quantise/calibrate.ts';
import { chooseRanges, DEFAULT_CHOICE, type RangeChoice } from './quantise/choose-range.ts';
import { readSource } from './read-source.ts';
import { writeModelFolder } from './shards/write-model-folder.ts';
import { type ModelTrial, tryModel } from './try-model.ts';

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
  const source = await readSource(checkpoint, (done, total) =>
    onProgress('reading tensors', done, total),
  );
  const precision = await choosePrecision(conversion, source);
  onProgress('writing graphs', 0, 1);
  const model = authorModel(source, precision);
  onProgress('writing graphs', 1, 1);
  const trial = await tryOut(conversion, model);
  const agreement =
    dtype === 'fp32'
      ? null
      : compareAnswers(
          (await tryOut(conversion, authorModel(source, { dtype: 'fp32' }))).answers,
          trial.answers,
        );
  const heapBytes = await measureHeap(model, (done, total) =>
    onProgress('measuring memory', done, total),
  );
  const identity = { name: conversion.name, selfTest: trial.selfTest, heapBytes };
  return {
    manifest: await writeModelFolder(conversion.out, model, identity),
    kept: countNumbers([...expectedTensors(source.config).values()]),
    dropped: countNumbers(checkpoint.unused().map(({ shape }) => shape)),
    ranges: conversion.pictures === null ? 'BatchNorm statistics' : 'pictures',
    agreement,
  };
}

async function choosePrecision(conversion: Conversion, source: ModelSource): Promise<Precision> {
  const { dtype, pictures, choice = DEFAULT_CHOICE, kept = new Set() } = conversion;
  const { runtime, onProgress } = conversion;
  if (dtype === 'fp32') return { dtype };
  const { config, weights } = source;
  if (pictures === null) {
    return { dtype, ranges: batchNormRanges(config.resnetBlocks, weights), kept };
  }
  const seen = await calibrate(runtime, {
    shape: visionShape(config),
    weights,
    normalisation: { mean: config.imageMean, std: config.imageStd },
    pictures,
    onPicture: (done) => onProgress('calibrating', done, pictures.length),
  });
  return { dtype, ranges: chooseRanges(seen, choice), kept };
}

function tryOut(
  { pictures, runtime, onProgress }: Conversion,
  model: AuthoredModel,
): Promise<ModelTrial> {
  const drawn = Array.from({ length: DRAWN_PICTURES }, (_, index) =>
    selfTestPixels(model.image.side, index + 1),
  );
  return tryModel(model, {
    runtime,
    pictures: pictures?.slice(0, MAX_COMPARED_PICTURES) ?? drawn,
    onPicture: (done, total) => onProgress(`trying ${model.dtype}`, done, total),
  });
}

function countNumbers(shapes: readonly (readonly number[])[]): ParameterCount {
  const numbers = shapes.map((shape) => shape.reduce((product, side) => product * side, 1));
  return { tensors: shapes.length, numbers: numbers.reduce((sum, count) => sum + count, 0) };
}
