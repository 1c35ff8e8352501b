import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** A file in a zip; `bytes` is called when its turn comes. */
export interface ZipEntry {
  readonly name: string;
  bytes(): Uint8Array;
}

/** PyTorch maps tensors into memory from multiples of this. */
const ALIGNMENT_BYTES = 64;
/** Larger files would need the zip64 extension. */
const MAX_FILE_BYTES = 2 ** 32 - 1;
/** The id PyTorch gives to the extra field that it pads with. */
const PADDING_ID = 0x4246;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
/** 1 January 1980: the same input makes the same file. */
const DOS_DATE = 0x21;
const UTF8_NAMES = 0x0800;

/**
 * Writes a zip of uncompressed, 64-byte aligned entries, one entry at a time in memory.
 *
 * The format is PKWARE's APPNOTE.TXT 6.3.
 *
 * @param onEntry Called after each entry with the number written so far.
 */
export async function writeStoredZip(
  path: string,
  entries: readonly ZipEntry[],
  onEntry: (written: number) => void = () => {},
): Promise<void> {
  const file = await open(path, 'w');
  try {
    const directory: Uint8Array[] = [];
    let offset = 0;
    for (const entry of entries) {
      const bytes = entry.bytes();
      const name = new TextEncoder().encode(entry.name);
      const fields = { crc: crc32(bytes), size: bytes.length, name };
      const header = localHeader(fields, offset);
      await file.writev([header, bytes]);
      directory.push(centralHeader(fields, offset));
      offset += header.length + bytes.length;
      if (offset > MAX_FILE_BYTES) {
        throw new Error(`cannot write ${path}: more than ${MAX_FILE_BYTES} bytes`);
      }
      onEntry(directory.length);
    }
    await writeDirectory(file, directory, offset);
  } finally {
    await file.close();
  }
}

interface EntryFields {
  readonly crc: number;
  readonly size: number;
  readonly name: Uint8Array;
}

function localHeader(fields: EntryFields, offset: number): Uint8Array {
  const padding = paddingBytes(offset + LOCAL_HEADER_BYTES + fields.name.length);
  const header = new Uint8Array(LOCAL_HEADER_BYTES + fields.name.length + padding);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x04034b50, true);
  writeCommon(view, 4, fields);
  view.setUint16(28, padding, true);
  header.set(fields.name, LOCAL_HEADER_BYTES);
  const extra = LOCAL_HEADER_BYTES + fields.name.length;
  view.setUint16(extra, PADDING_ID, true);
  view.setUint16(extra + 2, padding - 4, true);
  return header;
}

/** At least the 4 bytes of an empty extra field. */
function paddingBytes(end: number): number {
  return ALIGNMENT_BYTES - ((end + 4) % ALIGNMENT_BYTES) + 4;
}

function centralHeader(fields: EntryFields, offset: number): Uint8Array {
  const header = new Uint8Array(CENTRAL_HEADER_BYTES + fields.name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, 20, true);
  writeCommon(view, 6, fields);
  view.setUint32(42, offset, true);
  header.set(fields.name, CENTRAL_HEADER_BYTES);
  return header;
}

/** The fields both headers have, from the version needed (2.0) to the name's length. */
function writeCommon(view: DataView, at: number, fields: EntryFields): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint16(at + 8, DOS_DATE, true);
  view.setUint32(at + 10, fields.crc, true);
  view.setUint32(at + 14, fields.size, true);
  view.setUint32(at + 18, fields.size, true);
  view.setUint16(at + 22, fields.name.length, true);
}

async function writeDirectory(
  file: FileHandle,
  directory: readonly Uint8Array[],
  offset: number,
): Promise<void> {
  const central = Buffer.concat(directory);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, directory.length, true);
  end.setUint16(10, directory.length, true);
  end.setUint32(12, central.length, true);
  end.setUint32(16, offset, true);
  await file.writev([central, new Uint8Array(end.buffer)]);
}
