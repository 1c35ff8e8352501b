import type { Codecs } from '../image/codecs.ts';
import { prepareImage } from '../image/prepare-image.ts';
import { EntailError } from '../lib/entail-error.ts';
import { sha256Hex } from '../lib/sha256-hex.ts';
import type { PromptIds } from '../model/engine.ts';
import { checkText } from '../text/check-text.ts';
import { encodeQuestion } from '../text/encode-question.ts';
import type { LoadedModel } from './load-model.ts';
import { scoreLogits } from './score-logits.ts';
import type { SeenImage } from './seen-images.ts';
import { ANSWERS, type Explanation, type Verdict } from './verdict.ts';

/** float32 has about seven. */
const SHOWN_DIGITS = 6;

/** A picture and what to ask about it. */
export interface Question {
  /** A JPEG or PNG file. */
  readonly image: Uint8Array;
  readonly hypothesis: string;
  /** A caption of the picture, if there is one. */
  readonly premise: string | null;
  /** Whether the verdict shall say where the model looked; not unless told. */
  readonly explain?: boolean;
}

/** A picture and several sentences about it. */
export interface Batch {
  readonly image: Uint8Array;
  /** At least one. */
  readonly hypotheses: readonly string[];
  readonly premise: string | null;
  /** As in a {@linkcode Question}. */
  readonly explain?: boolean;
}

/**
 * Says whether a picture entails, contradicts or leaves open a sentence.
 *
 * @throws {EntailError} any code of text, image and inference; the cheap checks come first.
 */
export async function entail(
  model: LoadedModel,
  codecs: Codecs,
  { image, hypothesis, premise, explain = false }: Question,
): Promise<Verdict> {
  const prompt = promptOf(model, hypothesis, premise);
  return withImage(model, { codecs, image }, (seen) => judge(model, seen, { prompt, explain }));
}

/**
 * Says the same of several sentences; the picture is seen once.
 *
 * @param onResult Called for each sentence in turn: its verdict, or why it has none while others may.
 * @throws {EntailError} what concerns all of them: the premise, the picture, the runtime.
 */
export async function entailBatch(
  model: LoadedModel,
  codecs: Codecs,
  { batch, onResult }: { readonly batch: Batch; readonly onResult: OnResult },
): Promise<void> {
  const { image, hypotheses, explain = false } = batch;
  const premise = batch.premise === null ? null : checkText('premise', batch.premise);
  await withImage(model, { codecs, image }, async (seen) => {
    for (const hypothesis of hypotheses) {
      await onResult(await judgeOrRefuse(model, seen, { hypothesis, premise, explain }));
    }
  });
}

/** Takes one result of a batch; what it returns is waited for before the next sentence is judged. */
export type OnResult = (result: Verdict | EntailError) => void | Promise<void>;

async function judgeOrRefuse(
  model: LoadedModel,
  seen: SeenImage,
  { hypothesis, premise, explain }: Required<Omit<Question, 'image'>>,
): Promise<Verdict | EntailError> {
  try {
    return await judge(model, seen, { prompt: promptOf(model, hypothesis, premise), explain });
  } catch (error) {
    if (error instanceof EntailError && error.code !== 'runtime_dead') return error;
    throw error;
  }
}

function promptOf(
  { manifest, tokenizer }: LoadedModel,
  hypothesis: string,
  premise: string | null,
): PromptIds {
  const checked = {
    hypothesis: checkText('hypothesis', hypothesis),
    premise: premise === null ? null : checkText('premise', premise),
  };
  return encodeQuestion(checked, manifest.text, tokenizer);
}

async function withImage<T>(
  model: LoadedModel,
  { codecs, image }: { readonly codecs: Codecs; readonly image: Uint8Array },
  work: (seen: SeenImage) => Promise<T>,
): Promise<T> {
  const hash = await sha256Hex(image);
  return model.seen.use(hash, () => see(model, { codecs, image, hash }), work);
}

/** Encodes a picture, or finds what came of it when it was encoded elsewhere. */
async function see(
  { engine, manifest, revision, images }: LoadedModel,
  {
    codecs,
    image,
    hash,
  }: { readonly codecs: Codecs; readonly image: Uint8Array; readonly hash: string },
): Promise<SeenImage> {
  const key = `${revision}/${engine.vision}/${hash}`;
  const { patches, width: columns } = manifest.shape;
  const stored = (await images?.get(key)) ?? null;
  if (stored !== null && stored.tokens.length === patches * columns) {
    const { tokens, ...about } = stored;
    return { ...about, tokens: await engine.restoreImage(tokens) };
  }
  const { pixels, ...about } = await prepareImage(image, manifest.image.side, codecs);
  const tokens = await engine.encodeImage(pixels);
  images?.put(key, { ...about, tokens: tokens.toArray() });
  return { ...about, tokens };
}

async function judge(
  { engine, manifest, revision }: LoadedModel,
  { tokens, format, width, height }: SeenImage,
  { prompt, explain }: { readonly prompt: PromptIds; readonly explain: boolean },
): Promise<Verdict> {
  const { logits, attention } = explain
    ? await engine.explain(tokens, prompt)
    : { logits: await engine.judge(tokens, prompt), attention: null };
  const { label, scores } = scoreLogits(logits);
  return {
    label,
    answer: ANSWERS[label],
    scores,
    image: { format, width, height },
    model: { name: manifest.name, revision, dtype: manifest.dtype },
    ...(attention === null ? {} : { explanation: explanationOf(attention) }),
  };
}

function explanationOf(attention: Float32Array): Explanation {
  const side = Math.sqrt(attention.length);
  return {
    grid: [side, side],
    attention: Array.from(attention, (share) => Number(share.toPrecision(SHOWN_DIGITS))),
  };
}
