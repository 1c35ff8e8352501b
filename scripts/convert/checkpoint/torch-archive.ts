import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ConvertError } from '../convert-error.ts';

/** Entries of an archive: one a tensor; the largest OFA has about 1,500. */
const MAX_ENTRIES = 100_000;
/** Bytes of `data.pkl`: 40 KB for OFA-tiny; a fairseq checkpoint adds its training history. */
const MAX_PICKLE_BYTES = 64 * 2 ** 20;
/** Bytes of one storage: the embedding table of OFA-huge has 304 MB. */
const MAX_STORAGE_BYTES = 2 ** 30;
/** Bytes of `byteorder`: `little` or `big`. */
const MAX_BYTEORDER_BYTES = 16;

/** The parts of a file written by torch.save (since PyTorch 1.6 a zip), read one at a time. */
export interface TorchArchive {
  /** `data.pkl`. */
  readonly pickle: Uint8Array;
  /** Whether the numbers of the storages are big-endian. */
  readonly bigEndian: boolean;
  /** The real length of storage `data/NAME` in bytes, `null` when there is none. */
  storageBytes(name: string): number | null;
  /**
   * The bytes of storage `data/NAME`, in a buffer of their own.
   *
   * @throws {ConvertError} Damaged: too short, too long, or another CRC-32 than announced.
   */
  readStorage(name: string): Promise<Uint8Array>;
  close(): void;
}

/**
 * Opens a torch zip without loading its tensors.
 *
 * @throws {ConvertError} Not a zip, truncated, or without exactly one `data.pkl`.
 */
export async function openTorchArchive(path: string): Promise<TorchArchive> {
  const zip = await explain(path, openPromise(path, { lazyEntries: true, autoClose: false }));
  try {
    const entries = await explain(path, listEntries(zip));
    const root = findRoot(path, [...entries.keys()]);
    const read = (name: string, limit: number): Promise<Uint8Array> =>
      explain(path, readEntry(zip, entries.get(root + name), limit));
    const order = entries.has(`${root}byteorder`)
      ? await read('byteorder', MAX_BYTEORDER_BYTES)
      : null;
    return {
      pickle: await read('data.pkl', MAX_PICKLE_BYTES),
      bigEndian: order !== null && new TextDecoder().decode(order).trim() === 'big',
      storageBytes: (name) => entries.get(`${root}data/${name}`)?.uncompressedSize ?? null,
      readStorage: (name) => read(`data/${name}`, MAX_STORAGE_BYTES),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MAX_ENTRIES) throw new Error(`more than ${MAX_ENTRIES} entries`);
    if (entries.has(entry.fileName)) throw new Error(`${entry.fileName} is there twice`);
    entries.set(entry.fileName, entry);
  }
  return entries;
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

async function readEntry(
  zip: ZipFile,
  entry: Entry | undefined,
  limit: number,
): Promise<Uint8Array> {
  if (entry === undefined) throw new Error('an entry is missing');
  const size = entry.uncompressedSize;
  if (size > limit) throw new Error(`${entry.fileName} has ${size} bytes, at most ${limit}`);
  const bytes = new Uint8Array(size);
  let filled = 0;
  // yauzl fails when the stream is longer or shorter than announced.
  const chunks: AsyncIterable<Uint8Array> = await zip.openReadStreamPromise(entry);
  for await (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  if (crc32(bytes) !== entry.crc32)
    throw new Error(`${entry.fileName} is damaged: its CRC-32 differs`);
  return bytes;
}

/** yauzl's errors and ours, as one that names the file. */
async function explain<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConvertError(
      `cannot read ${path} as a torch zip: ${reason}. A truncated download, or saved by PyTorch before 1.6?`,
      { cause },
    );
  }
}
