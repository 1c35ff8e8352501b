/** A bucket that a model can be pushed to. */
export interface BucketTarget {
  /** What the bucket is called in messages. */
  readonly name: string;
  /** A whole object, or null when there is none of that key. */
  read(key: string): Promise<Uint8Array | null>;
  /** Puts a file under a key. */
  write(key: string, path: string): Promise<void>;
  /** Lets go of the bucket. */
  close(): Promise<void>;
}
