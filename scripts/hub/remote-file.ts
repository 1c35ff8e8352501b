/** What a file's bytes must come to. */
export interface Digest {
  /** `git-sha1` is that of a git blob: SHA-1 over `blob`, the length, a zero byte, and the bytes. */
  readonly algorithm: 'sha256' | 'git-sha1';
  /** Lower case, hexadecimal. */
  readonly hex: string;
}

/** A file of a checkpoint as a service lists it. */
export interface RemoteFile {
  /** Without folders. */
  readonly name: string;
  readonly url: URL;
  readonly bytes: number;
  /** Null where the service gives none: then only the length can be checked. */
  readonly digest: Digest | null;
  /** Another text for another content: a hash, an ETag, a date. */
  readonly version: string;
  /** The answer's header that must still say `version` when the file is fetched; null where a digest decides. */
  readonly versionHeader: 'ETag' | 'Last-Modified' | null;
}
