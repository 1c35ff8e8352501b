import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ConvertError } from '../convert-error.ts';
import { FileBytes } from './weights/file-bytes.ts';
import type { StorageSource } from './weights/weights-file.ts';

/** Entries of an archive: one a tensor; the largest OFA has about 1,500. */
const MAX_ENTRIES = 100_000;
/** Bytes of `data.pkl`: 40 KB for OFA-tiny; a fairseq checkpoint adds its training history. */
const MAX_PICKLE_BYTES = 64 * 2 ** 20;
/** Bytes of one storage: the embedding table of OFA-huge has 304 MB. */
const MAX_STORAGE_BYTES = 2 ** 30;
/** Bytes of `byteorder`: `little` or `big`. */
const MAX_BYTEORDER_BYTES = 16;
const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** The parts of a file written by torch.save (since PyTorch 1.6 a zip), read one at a time. */
export interface TorchArchive extends StorageSource {
  /** `data.pkl`. */
  readonly pickle: Uint8Array;
  close(): void;
}

/**
 * Opens a torch zip without loading its tensors.
 *
 * @throws {ConvertError} Not a zip, truncated, or without exactly one `data.pkl`.
 */
export async function openTorchArchive(path: string): Promise<TorchArchive> {
  const entries = await listEntries(path);
  const root = findRoot(path, [...entries.keys()]);
  const file = new FileBytes(path);
  function read(name: string, limit: number): Uint8Array<ArrayBuffer> {
    try {
      return readEntry(file, entries.get(root + name), limit);
    } catch (cause) {
      throw explained(path, cause);
    }
  }
  try {
    const order = entries.has(`${root}byteorder`) ? read('byteorder', MAX_BYTEORDER_BYTES) : null;
    return {
      pickle: read('data.pkl', MAX_PICKLE_BYTES),
      bigEndian: order !== null && new TextDecoder().decode(order).trim() === 'big',
      storageBytes: (name) => entries.get(`${root}data/${name}`)?.uncompressedSize ?? null,
      readStorage: (name) => read(`data/${name}`, MAX_STORAGE_BYTES),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function listEntries(path: string): Promise<Map<string, Entry>> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw new Error(`more than ${MAX_ENTRIES} entries`);
      if (entries.has(entry.fileName)) throw new Error(`${entry.fileName} is there twice`);
      entries.set(entry.fileName, entry);
    }
    return entries;
  } catch (cause) {
    throw explained(path, cause);
  } finally {
    zip?.close();
  }
}

/** The folder inside the zip that holds everything: its name is the file's name when it was saved. */
function findRoot(path: string, names: readonly string[]): string {
  const pickles = names.filter((name) => name === 'data.pkl' || name.endsWith('/data.pkl'));
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    throw new ConvertError(
      `cannot read ${path} as a checkpoint: the zip holds ${pickles.length} files named data.pkl, a file of torch.save holds 1`,
    );
  }
  return pickle.slice(0, -'data.pkl'.length);
}

function readEntry(
  file: FileBytes,
  entry: Entry | undefined,
  limit: number,
): Uint8Array<ArrayBuffer> {
  if (entry === undefined) throw new Error('an entry is missing');
  const size = entry.uncompressedSize;
  if (size > limit) throw new Error(`${entry.fileName} has ${size} bytes, at most ${limit}`);
  const bytes = unpack(entry, file.read(dataStart(file, entry), entry.compressedSize));
  if (bytes.length !== size)
    throw new Error(`${entry.fileName} has ${bytes.length} bytes, ${size} are announced`);
  if (crc32(bytes) !== entry.crc32)
    throw new Error(`${entry.fileName} is damaged: its CRC-32 differs`);
  return bytes;
}

/** The local header has a name and extra fields of its own, which may be longer than the directory's. */
function dataStart(file: FileBytes, entry: Entry): number {
  const at = entry.relativeOffsetOfLocalHeader;
  const header = new DataView(file.read(at, LOCAL_HEADER_BYTES).buffer);
  if (header.getUint32(0, true) !== LOCAL_HEADER_SIGNATURE) {
    throw new Error(`${entry.fileName} has no header at byte ${at}`);
  }
  return at + LOCAL_HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
}

/** torch.save stores; other programs that wrote the zip anew may have compressed. */
function unpack(entry: Entry, raw: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (entry.compressionMethod === STORED) return raw;
  if (entry.compressionMethod !== DEFLATED || entry.isEncrypted()) {
    throw new Error(`${entry.fileName} is encrypted or compressed in another way than deflate`);
  }
  return new Uint8Array(
    inflateRawSync(raw, { maxOutputLength: Math.max(1, entry.uncompressedSize) }),
  );
}

/** What a zip is refused for, with the file's name. */
function explained(path: string, cause: unknown): ConvertError {
  if (cause instanceof ConvertError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConvertError(
    `cannot read ${path} as a torch zip: ${reason}. Is it a truncated download?`,
    { cause },
  );
}
