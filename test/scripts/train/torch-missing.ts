import { findPython } from '../../../scripts/train/find-python.ts';

/** Why tests that need PyTorch are skipped; `false` when the system's Python has it. */
export const torchMissing: string | false = await findPython().then(
  () => false as const,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
