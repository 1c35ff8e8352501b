import { selfTestPixels } from '../../functions/model/self-test-pixels.ts';
import { encodeQuestion } from '../../functions/text/encode-question.ts';
import { createTokenizer } from '../../functions/text/tokenizer.ts';
import type { WasmModules } from '../../wasm/wasm-modules.ts';
import type { ModelSource } from '../convert/author-model.ts';
import { ConvertError } from '../convert/convert-error.ts';
import { type NamedPicture, readPictures } from '../convert/read-pictures.ts';
import { readPairs } from '../eval/input/read-pairs.ts';
import type { InspectionSet } from './inspection.ts';

/** Of a folder's pictures every second one is for ranges, so that no choice is judged by what it was made from. */
const MAX_PICTURES = 512;
const DRAWN_PICTURES = 4;
/** Asked about each picture where no sentences are given; they need not fit, as answers are only compared. */
const SENTENCES = [
  'there are two birds.',
  'a person is outside.',
  'nobody can be seen.',
  'something is red.',
];

/** Where pictures and sentences come from. */
export interface SetSources {
  /** A folder of pictures; null: drawn ones. */
  readonly pictures: string | null;
  /** Sentences about them with their labels, as `npm run eval` reads them; null: the same few about each. */
  readonly pairs: string | null;
  readonly modules: WasmModules;
}

/**
 * Makes the questions that a model is inspected with.
 *
 * @throws {ConvertError} There are too few pictures, or no sentences about them.
 */
export async function readInspectionSet(
  source: ModelSource,
  { pictures: folder, pairs, modules }: SetSources,
): Promise<InspectionSet> {
  const side = source.config.imageSide;
  if (folder === null) {
    const pictures = Array.from({ length: DRAWN_PICTURES }, (_, index) => ({
      name: `drawn ${index}`,
      pixels: selfTestPixels(side, index + 1),
    }));
    const calibration = pictures.map(({ pixels }) => pixels);
    return { ...(await ask(source, pictures, null)), calibration };
  }
  const all = await readPictures(folder, { side, most: MAX_PICTURES, modules });
  if (all.length < 2) {
    throw new ConvertError(
      `cannot inspect with ${all.length} picture in ${folder}: at least 2, one of them for ranges`,
    );
  }
  const own = (rest: number) => all.filter((_, index) => index % 2 === rest);
  return {
    ...(await ask(source, own(1), pairs)),
    calibration: own(0).map(({ pixels }) => pixels),
  };
}

async function ask(
  { config, tokenizer: table }: ModelSource,
  named: readonly NamedPicture[],
  pairsPath: string | null,
): Promise<Omit<InspectionSet, 'calibration'>> {
  const tokenizer = createTokenizer(table);
  const prompt = (hypothesis: string, premise: string | null) =>
    encodeQuestion({ hypothesis, premise }, config, tokenizer);
  const pictures = named.map(({ pixels }) => pixels);
  if (pairsPath === null) {
    const questions = pictures.flatMap((_, picture) =>
      SENTENCES.map((sentence) => ({ picture, prompt: prompt(sentence, null), label: null })),
    );
    return { pictures, questions };
  }
  const places = new Map(named.map(({ name }, index) => [name, index]));
  const { pairs } = await readPairs(pairsPath, { premise: true });
  const questions = pairs.flatMap(({ image, hypothesis, premise, label }) => {
    const picture = places.get(image);
    return picture === undefined ? [] : [{ picture, prompt: prompt(hypothesis, premise), label }];
  });
  if (questions.length === 0) {
    throw new ConvertError(`cannot inspect: ${pairsPath} has no sentence about the pictures`);
  }
  return { pictures, questions };
}
