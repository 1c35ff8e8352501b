import { ConvertError } from '../convert-error.ts';

/** BART's control tokens and their ids, which the Worker relies on. */
const CONTROL_TOKENS = ['<s>', '<pad>', '</s>', '<unk>'];
/** The tokenizer table has 16-bit ids. */
const MAX_ROWS = 65_536;

/**
 * Reads vocab.json.
 *
 * @returns Ids by token, each id once, in 0-65,535.
 * @throws {ConvertError} When it is no such file, or not in BART's order of control tokens.
 */
export function parseVocabulary(vocabJson: string): Map<string, number> {
  const vocabulary = new Map<string, number>();
  const seen = new Set<number>();
  for (const [token, id] of Object.entries(parseObject(vocabJson))) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= MAX_ROWS) {
      throw new ConvertError(
        `Cannot use vocab.json: token "${token}" has id ${JSON.stringify(id)}, not a whole number below ${MAX_ROWS}`,
      );
    }
    if (seen.has(id)) throw new ConvertError(`Cannot use vocab.json: two tokens have id ${id}`);
    seen.add(id);
    vocabulary.set(token, id);
  }
  for (const [id, token] of CONTROL_TOKENS.entries()) {
    if (vocabulary.get(token) === id) continue;
    throw new ConvertError(
      `Cannot use vocab.json: "${token}" has id ${vocabulary.get(token) ?? 'none'}, BART's is ${id}`,
    );
  }
  return vocabulary;
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConvertError('Cannot read vocab.json: not JSON', { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ConvertError('Cannot read vocab.json: not an object of ids by token');
}
