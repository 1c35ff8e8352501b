import * as z from 'zod/mini';

/** The stages of an answer, in order. */
export const STAGES = ['header', 'decode', 'resize', 'vision', 'judge'] as const;

/** A stage, or the sum of all. */
export type Stage = (typeof STAGES)[number] | 'total';

const milliseconds = z.number();

/** What the benchmark's Worker tells of one answer: milliseconds a stage, and the runtime's heap. */
export const stageTimesSchema = z.object({
  ms: z.object({
    header: milliseconds,
    decode: milliseconds,
    resize: milliseconds,
    vision: milliseconds,
    judge: milliseconds,
    total: milliseconds,
  }),
  heapBytes: z.number(),
});

/** One measured answer. */
export type StageTimes = z.infer<typeof stageTimesSchema>;

/** What the benchmark's Worker tells of a load. */
export const loadTimesSchema = z.object({
  ms: z.object({ runtime: milliseconds, model: milliseconds }),
  heapBytes: z.number(),
});

/** One measured load. */
export type LoadTimes = z.infer<typeof loadTimesSchema>;
