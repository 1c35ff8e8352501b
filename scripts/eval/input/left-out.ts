/** Why a row of the data is not asked. */
export type LeftOutReason = keyof typeof LEFT_OUT_REASONS;

/** The reasons in words, in the order that tables show them. */
export const LEFT_OUT_REASONS = {
  no_gold_label: 'annotators found no majority (gold label "-")',
  no_picture: 'the picture is not there',
  unusable_text: 'the endpoint would refuse the sentence or the premise',
} as const;

/** A row that is not asked, so that nothing is missing silently. */
export interface LeftOut {
  /** File and line. */
  readonly where: string;
  readonly reason: LeftOutReason;
  /** The picture's name or the refusal; null where the reason says it all. */
  readonly detail: string | null;
}
