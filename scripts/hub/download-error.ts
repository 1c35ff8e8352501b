/** A checkpoint that cannot be fetched: the message says why, and what a person can do about it. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}
