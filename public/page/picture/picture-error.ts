import type { Advice } from '../errors/next-step.ts';

/** Why a file cannot be asked about, before anything is sent. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly advice: Advice;

  /** @param message What could not be done, a colon, then why. */
  constructor(message: string, advice: Advice) {
    super(message);
    this.advice = advice;
  }
}
