import { ConvertError } from '../../convert-error.ts';
import { FileBytes } from './file-bytes.ts';
import { openSafetensors } from './open-safetensors.ts';
import { openTorchLegacy } from './open-torch-legacy.ts';
import { openTorchZip } from './open-torch-zip.ts';
import type { WeightsFile } from './weights-file.ts';

/** Enough of a file to tell what it is. */
const HEAD_BYTES = 64;
const PICKLE_PROTOCOL = 0x80;
const BRACE = 0x7b;

/**
 * Opens a weights file, whatever its name: what it is shows in its first bytes.
 *
 * @throws {ConvertError} Nothing that is known, or damaged, hostile, or without tensors.
 */
export async function openWeightsFile(path: string): Promise<WeightsFile> {
  const head = readHead(path);
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('PK')) return openTorchZip(path);
  if (head[0] === PICKLE_PROTOCOL) return openTorchLegacy(path);
  if (head[8] === BRACE) return openSafetensors(path);
  throw new ConvertError(`cannot read ${path}: ${explain(text)}`);
}

function readHead(path: string): Uint8Array {
  const file = new FileBytes(path);
  try {
    return file.read(0, Math.min(file.size, HEAD_BYTES));
  } finally {
    file.close();
  }
}

/** What people have in place of the weights most often. */
function explain(head: string): string {
  if (head === '') return 'it is empty; fetch it again';
  if (head.startsWith('version https://git-lfs')) {
    return 'it is a pointer of Git LFS in place of the weights; fetch them with `git lfs pull`';
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(head)) {
    return 'it is a web page, perhaps of an error or a login; fetch the file again';
  }
  return 'it is neither a file of torch.save nor of safetensors; a damaged download?';
}
