import type { ActivationRange } from '../convert/quantise/activation-ranges.ts';
import type { ModelPart } from './layer-list.ts';
import type { Spread } from './spread.ts';

/** What a change does to the answers, as numbers for a table. */
export interface EffectReport {
  readonly flips: number;
  /** Largest change of a score, 0-1. */
  readonly largest: number;
  /** Mean over the questions of their largest change. */
  readonly mean: number;
  /** Signal to noise of the logits. */
  readonly answers_db: number;
  /** Questions answered rightly; null where no truth is known. */
  readonly right: number | null;
}

/** One layer in int8, all else in fp32. */
export interface LayerReport extends EffectReport {
  readonly name: string;
  readonly part: ModelPart;
  /** How many weights it has. */
  readonly weights: number;
  /** Signal to noise of its weights; null where it has none. */
  readonly weights_db: number | null;
  /** Signal to noise of what it hands on, inputs rounded as well; null where it computes nothing by itself. */
  readonly output_db: number | null;
  /** Its part of the noise that all layers, each by itself, bring to the logits, 0-1. */
  readonly share: number;
  readonly weight_spread: Spread | null;
  /** Of what it reads, in fp32. */
  readonly activation_spread: Spread | null;
}

/** One way to choose the ranges of vision's activations; vision in int8 on the kernels, the judge in fp32. */
export interface RangeReport extends EffectReport {
  readonly choice: string;
  /** Signal to noise of the image tokens. */
  readonly tokens_db: number;
}

/** A site of `activation-ranges.ts`: its range, and what pictures showed there. */
export interface SiteReport {
  readonly site: string;
  readonly range: ActivationRange;
  readonly seen: ActivationRange;
  /** Share of values that the range cuts off, 0-1. */
  readonly clipped: number;
  /** Signal to noise of its bytes. */
  readonly bytes_db: number;
}

/** The whole model in int8 but for some layers. */
export interface KeptReport extends EffectReport {
  /** What `--keep-fp32` takes; none: all of it in int8. */
  readonly kept: readonly string[];
  /** Bytes of all files. */
  readonly bytes: number;
}

/** What int8 does to a model, layer by layer. */
export interface InspectionReport {
  readonly pictures: number;
  readonly questions: number;
  /** Pictures that ranges were taken from. */
  readonly calibration: number;
  /** What the ranges of the layers' table were taken from. */
  readonly ranges_from: string;
  /** Questions that fp32 answers rightly; null where no truth is known. */
  readonly fp32_right: number | null;
  readonly layers: readonly LayerReport[];
  /** Ways to choose ranges, compared. */
  readonly ranges: readonly RangeReport[];
  readonly sites: readonly SiteReport[];
  /** What keeping the judge's largest offenders in fp32 brings. */
  readonly kept: readonly KeptReport[];
}
