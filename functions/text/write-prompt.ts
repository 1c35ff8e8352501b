import { EntailError } from '../lib/entail-error.ts';
import { isBlank } from './is-blank.ts';
import { type PromptPart, parsePrompt } from './parse-prompt.ts';
import { preCaption } from './pre-caption.ts';

const HYPOTHESIS_PROMPT = ' does the image describe " {} "?';
const PREMISE_PROMPT = ' can image and text1 " {} " imply text2 " {} "?';

/** What is asked: a sentence about the image, and a caption of the image when there is one. */
export interface Question {
  readonly hypothesis: string;
  /** `null`, or a text that is blank once cleaned: no premise. */
  readonly premise: string | null;
}

/** How the model wants to be asked. */
export interface PromptSettings {
  /** `model.prompt`, in place of both published templates; `null` for those. */
  readonly prompt: string | null;
  /** `model.max_src_length`: each sentence keeps that many words. */
  readonly maxSourceLength: number;
}

/**
 * Writes the question as the model was trained to read it.
 *
 * The template's arguments are `(premise, hypothesis)`, or `(hypothesis)` without a premise, as
 * published. Python would fill a prompt with one place from the premise and drop the hypothesis
 * without a word, and fail on two places without a premise: both are refused here.
 *
 * @throws {EntailError} `invalid_request` when a model's own prompt has no place for the premise, or
 *   wants one; `model_integrity` when that prompt is malformed.
 * @see `OfaVisualEntailmentPreprocessor._build_infer_sample` of ModelScope
 */
export function writePrompt(question: Question, settings: PromptSettings): string {
  const hypothesis = preCaption(question.hypothesis, settings.maxSourceLength);
  const premise = preCaption(question.premise ?? '', settings.maxSourceLength);
  const values = isBlank(premise) ? [hypothesis] : [premise, hypothesis];
  const published = values.length === 1 ? HYPOTHESIS_PROMPT : PREMISE_PROMPT;
  const parts = parsePrompt(settings.prompt ?? published);
  checkPlaces(parts, values.length);
  return parts.map((part) => (typeof part === 'string' ? part : values[part])).join('');
}

function checkPlaces(parts: readonly PromptPart[], values: number): void {
  const takesTwo = parts.includes(1);
  if (takesTwo === (values === 2)) return;
  throw new EntailError(
    'invalid_request',
    takesTwo
      ? "Cannot ask this model: no premise given, and the model's prompt wants one"
      : "Cannot ask this model: a premise given, and the model's prompt has no place for one",
  );
}
