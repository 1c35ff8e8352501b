import type { RemoteFile } from './remote-file.ts';
import type { Service } from './service.ts';

/** A place that a checkpoint can be fetched from, and what lies there. */
export interface Repository {
  readonly service: Service;
  /** The files at its root, by name. */
  readonly files: ReadonlyMap<string, RemoteFile>;
  /** What tells it from all others, for the cache: the host, then what names it there. */
  readonly place: readonly string[];
  /** Which state of it: a branch, a tag, a commit; empty where there is no such thing. */
  readonly revision: string;
}
