/** As much of a `ReadableStream` of bytes as is needed; R2's and the platform's own both have it. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** A blob as a store hands it over. */
export interface StoredBlob {
  /** Bytes of the whole blob. */
  readonly size: number;
  readonly body: ByteStream;
}

/** Where a model's blobs lie: an R2 bucket is one as it is, a folder on disk is easily made one. */
export interface ShardStore {
  /**
   * Opens a blob.
   *
   * @param key One of those that `model-shards/README.md` lists.
   * @returns null when there is no such blob. Whatever it throws counts as a fault of the storage.
   */
  get(key: string): Promise<StoredBlob | null>;
}
