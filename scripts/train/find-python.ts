import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Debian's own: the first Python on PATH may be another, without the packages. */
const PYTHON = '/usr/bin/python3';
const PACKAGES = 'python3-torch libopenblas0-pthread python3-numpy python3-matplotlib';

/**
 * Finds the system's Python and makes sure that it has PyTorch, NumPy and Matplotlib.
 *
 * @returns The path of the program.
 * @throws {Error} One is missing: which, and the command that installs them.
 */
export async function findPython(): Promise<string> {
  try {
    await promisify(execFile)(PYTHON, ['-c', 'import torch, numpy, matplotlib']);
    return PYTHON;
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const reason = /\w*Error: .*/.exec(text)?.[0] ?? text;
    throw new Error(
      `cannot train with ${PYTHON}: ${reason}. Install what it needs: apt-get install -y ${PACKAGES}`,
      { cause },
    );
  }
}
