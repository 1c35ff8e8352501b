import type { Codecs } from '../image/codecs.ts';
import { prepareImage } from '../image/prepare-image.ts';
import type { ByLabel, PromptIds } from '../model/engine.ts';
import { checkText } from '../text/check-text.ts';
import { encodeQuestion } from '../text/encode-question.ts';
import type { LoadedModel } from './load-model.ts';
import { scoreLogits } from './score-logits.ts';
import { ANSWERS, type Verdict } from './verdict.ts';

/** A picture and what to ask about it. */
export interface Question {
  /** A JPEG or PNG file. */
  readonly image: Uint8Array;
  readonly hypothesis: string;
  /** A caption of the picture, if there is one. */
  readonly premise: string | null;
}

/**
 * Says whether a picture entails, contradicts or leaves open a sentence.
 *
 * @throws {EntailError} any code of text, image and inference; the cheap checks come first.
 */
export async function entail(
  model: LoadedModel,
  codecs: Codecs,
  question: Question,
): Promise<Verdict> {
  const { manifest, revision, tokenizer } = model;
  const hypothesis = checkText('hypothesis', question.hypothesis);
  const premise = question.premise === null ? null : checkText('premise', question.premise);
  const prompt = encodeQuestion({ hypothesis, premise }, manifest.text, tokenizer);
  const picture = await prepareImage(question.image, manifest.image.side, codecs);
  const { label, scores } = scoreLogits(await ask(model, picture.pixels, prompt));
  return {
    label,
    answer: ANSWERS[label],
    scores,
    image: { format: picture.format, width: picture.width, height: picture.height },
    model: { name: manifest.name, revision, dtype: manifest.dtype },
  };
}

async function ask(
  { engine }: LoadedModel,
  pixels: Uint8Array,
  prompt: PromptIds,
): Promise<ByLabel> {
  const tokens = await engine.encodeImage(pixels);
  try {
    return await engine.judge(tokens, prompt);
  } finally {
    tokens.release();
  }
}
