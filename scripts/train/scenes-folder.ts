import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const IMAGE_NAME = z.string().regex(/^[\w.-]+$/, 'must be the name of a file in images/');

/** Phrases that a sentence speaks of, at most. */
export const MAX_MENTIONS = 2;

const PAIR = z.object({
  image: IMAGE_NAME,
  hypothesis: z.string(),
  premise: z.string().nullable(),
  label: z.enum(['entailment', 'neutral', 'contradiction']),
  kind: z.string(),
});

const MENTIONS = z.array(z.array(z.number().int().nonnegative())).max(MAX_MENTIONS);

const SCENE = z.object({
  image: IMAGE_NAME,
  background: z.string(),
  time: z.enum(['day', 'night']),
  greyscale: z.boolean(),
  objects: z.array(
    z.object({
      noun: z.string(),
      colour: z.string().nullable(),
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
    }),
  ),
});

/** A sentence about an image, what is true, and which of the scene's objects its phrases may speak of. */
export type Pair = Readonly<z.infer<typeof PAIR>> & {
  readonly mentions: z.infer<typeof MENTIONS>;
};
/** What stands where in an image; x, y is the top left corner, in pixels of the image as drawn. */
export type Scene = Readonly<z.infer<typeof SCENE>>;
/** One thing of a {@linkcode Scene}. */
export type SceneObject = Scene['objects'][number];

/** The scenes of a folder, in its order, each with its sentences. */
export interface ScenesFolder {
  readonly scenes: readonly Scene[];
  readonly pairsOf: ReadonlyMap<string, readonly Pair[]>;
}

/**
 * Reads scenes.jsonl, pairs.jsonl and mentions.jsonl as `npm run scenes` writes them.
 *
 * @throws {Error} A line that is not as it should be, by number, a sentence about an image that is no scene,
 *   or files of different lengths.
 */
export async function readScenesFolder(folder: string): Promise<ScenesFolder> {
  const scenes = await readLines(join(folder, 'scenes.jsonl'), SCENE);
  const pairsOf = new Map<string, Pair[]>(scenes.map(({ image }) => [image, []]));
  const lines = await readLines(join(folder, 'pairs.jsonl'), PAIR);
  const mentions = await readLines(join(folder, 'mentions.jsonl'), MENTIONS);
  for (const [index, pair] of lines.entries()) {
    const pairs = pairsOf.get(pair.image);
    if (pairs === undefined) {
      throw new Error(
        `cannot use ${join(folder, 'pairs.jsonl')}: ${pair.image} is not in scenes.jsonl`,
      );
    }
    pairs.push({ ...pair, mentions: mentions[index] ?? [] });
  }
  if (mentions.length !== lines.length) {
    throw new Error(
      `cannot use ${folder}: ${lines.length} lines of pairs.jsonl, ${mentions.length} of mentions.jsonl`,
    );
  }
  return { scenes, pairsOf };
}

async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const values: T[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      values.push(schema.parse(JSON.parse(line)));
    } catch (cause) {
      const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
      throw new Error(`cannot read line ${number} of ${path}: ${reason}`, { cause });
    }
  }
  return values;
}
