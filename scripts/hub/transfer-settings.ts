/** How requests are made, the same for all of a checkpoint. */
export interface TransferSettings {
  /** Ends everything under way; what it gives as its reason is what is thrown. */
  readonly signal: AbortSignal;
  /** Without a byte for so long an attempt counts as failed. */
  readonly stallMs: number;
  /** Before the second attempt, about; doubled for each further one. */
  readonly firstWaitMs: number;
  /** Told why an attempt failed and how long the pause is, for the progress bar. */
  readonly onTrouble: (message: string) => void;
}
