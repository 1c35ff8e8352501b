import type { Progress } from './local-engine.ts';

/** How much of what is to be fetched has come. */
export interface Download {
  /** Announces a file before any of it is there. */
  expect(name: string, bytes: number): void;
  /** A file begins, or begins anew. */
  begin(name: string): void;
  /** So much more of it is there. */
  add(name: string, bytes: number): void;
}

/** Counts the files of a download; nothing is shown before the first is announced. */
export function createDownload(onProgress: (progress: Progress) => void): Download {
  const expected = new Map<string, number>();
  const arrived = new Map<string, number>();
  return {
    expect: (name, bytes) => void expected.set(name, bytes),
    begin: (name) => void arrived.set(name, 0),
    add(name, bytes) {
      arrived.set(name, (arrived.get(name) ?? 0) + bytes);
      let [done, total] = [0, 0];
      for (const [file, size] of expected) {
        total += size;
        done += Math.min(size, arrived.get(file) ?? 0);
      }
      if (total > 0) onProgress({ done, total });
    },
  };
}
