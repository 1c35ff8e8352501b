/** A bucket that holds models. */
export interface BucketTarget {
  /** What the bucket is called in messages. */
  readonly name: string;
  /** A whole object, or null when there is none of that key. */
  read(key: string): Promise<Uint8Array | null>;
  /** Puts an object under a key, in place of what was there. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** Removes an object; one that is not there is no error. */
  remove(key: string): Promise<void>;
  /** Lets go of the bucket. */
  close(): Promise<void>;
}
