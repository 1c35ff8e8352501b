import * as z from 'zod/mini';

/** The stages of an answer, in order. */
export const STAGES = ['header', 'decode', 'resize', 'vision', 'judge'] as const;

/** A stage, or the sum of all. */
export type Stage = (typeof STAGES)[number] | 'total';

const milliseconds = z.number();
const bytes = z.number();

/** What the benchmark's Worker tells of one answer. */
export const stageTimesSchema = z.object({
  ms: z.object({
    header: milliseconds,
    decode: milliseconds,
    resize: milliseconds,
    vision: milliseconds,
    judge: milliseconds,
    total: milliseconds,
  }),
  /** Of the encoder's prompt, `<s>` and `</s>` included. */
  tokens: z.number(),
  /** The runtime's memory, which never shrinks. */
  heapBytes: bytes,
  /** The codecs' memory, as large as the largest picture so far needed. */
  codecBytes: bytes,
  /** The file, what the codec got of it where that is a copy, and the resized pixels. */
  bufferBytes: bytes,
});

/** One measured answer. */
export type StageTimes = z.infer<typeof stageTimesSchema>;

const loadStepSchema = z.object({ name: z.string(), from: milliseconds, to: milliseconds });

/** A step of a load, in milliseconds from its begin. */
export type LoadStep = z.infer<typeof loadStepSchema>;

/** What the benchmark's Worker tells of a load. */
export const loadTimesSchema = z.object({
  ms: milliseconds,
  steps: z.array(loadStepSchema),
  heapBytes: bytes,
});

/** One measured load. */
export type LoadTimes = z.infer<typeof loadTimesSchema>;

/** What the benchmark's Worker tells of a question asked as the product asks it. */
export const askTimesSchema = z.object({
  ms: milliseconds,
  /** Why it was refused, if it was. */
  code: z.nullable(z.string()),
  /** The runtime's memory and the codecs'. */
  wasmBytes: bytes,
});

/** One question. */
export type AskTimes = z.infer<typeof askTimesSchema>;
