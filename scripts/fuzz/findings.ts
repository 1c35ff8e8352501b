import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Something that should not be. */
export interface Finding {
  readonly kind:
    | 'unclean answer'
    | 'unexpected answer'
    | 'broken connection'
    | 'wrong good answer'
    | 'slow answer'
    | 'memory';
  /** What was sent. */
  readonly name: string;
  readonly detail: string;
}

/** Collects findings, and keeps the files that made them. */
export interface Findings {
  readonly all: readonly (Finding & { readonly file: string | null })[];
  add(finding: Finding & { readonly bytes?: Uint8Array }): Promise<void>;
}

/**
 * Makes an empty collection.
 *
 * @param folder Where files are kept; made when there is one to keep.
 */
export function createFindings(folder: string): Findings {
  const all: (Finding & { readonly file: string | null })[] = [];
  return {
    all,
    async add({ kind, name, detail, bytes }) {
      const file =
        bytes === undefined ? null : join(folder, `${String(all.length + 1).padStart(4, '0')}.bin`);
      all.push({ kind, name, detail, file });
      if (file === null || bytes === undefined) return;
      await mkdir(folder, { recursive: true });
      await writeFile(file, bytes);
    },
  };
}
