/** A checkpoint that cannot be converted: the message says what, and what a person can do about it. */
export class ConvertError extends Error {
  override readonly name = 'ConvertError';
}
