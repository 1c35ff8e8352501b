import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Uniq-id, image-id, picture, hypothesis, caption, label. */
const COLUMNS = 6;
const PICTURE_COLUMN = 2;
const TAB = 9;
const LINE_FEED = 10;
/** A chunk holds several rows of photographs. */
const CHUNK_BYTES = 1024 * 1024;
/** A thousand times a long caption; a file of another kind has no tabs and would fill the memory. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Three times the largest picture that the endpoint takes, in base64. */
const MAX_PICTURE_BYTES = 32 * 1024 * 1024;

/** Where a picture's base64 stands in a file. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** A row whose picture stayed on disk. */
export interface TsvRow {
  /** From 1. */
  readonly line: number;
  /** As many as the line has; the picture's place is empty. */
  readonly texts: readonly string[];
  readonly picture: ByteRange;
  /** SHA-256 of the base64. */
  readonly digest: string;
}

/**
 * Reads a TSV of OFA row by row without keeping its pictures: a file of many gigabytes costs a chunk of memory.
 *
 * @throws {Error} The file cannot be read, or a column is longer than any of OFA's: its line is named.
 */
export async function* scanTsv(path: string): AsyncGenerator<TsvRow> {
  let row = startRow(1);
  let position = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const bytes: Buffer = chunk;
    let from = 0;
    while (from < bytes.length) {
      const found = bytes.indexOf(LINE_FEED, from);
      const end = found === -1 ? bytes.length : found;
      addColumns(row, bytes.subarray(from, end), position + from);
      if (found !== -1) {
        yield finishRow(row);
        row = startRow(row.line + 1);
      }
      from = end + 1;
    }
    position += bytes.length;
  }
  if (row.bytes > 0) yield finishRow(row);
}

/** A row of which not all is read. */
interface OpenRow {
  readonly line: number;
  /** Pieces of each column's text. */
  readonly pieces: Buffer[][];
  readonly hash: Hash;
  bytes: number;
  textBytes: number;
  start: number;
  length: number;
}

function startRow(line: number): OpenRow {
  const hash = createHash('sha256');
  return { line, pieces: [[]], hash, bytes: 0, textBytes: 0, start: 0, length: 0 };
}

/** Takes a part of a line, which may begin and end within a column. */
function addColumns(row: OpenRow, part: Buffer, position: number): void {
  let from = 0;
  for (;;) {
    const found = part.indexOf(TAB, from);
    addPiece(row, part.subarray(from, found === -1 ? part.length : found), position + from);
    if (found === -1) break;
    row.pieces.push([]);
    from = found + 1;
  }
  row.bytes += part.length;
}

function addPiece(row: OpenRow, piece: Buffer, position: number): void {
  if (row.pieces.length === PICTURE_COLUMN + 1) {
    if (row.length === 0) row.start = position;
    row.length += piece.length;
    row.hash.update(piece);
  } else {
    row.pieces.at(-1)?.push(piece);
    row.textBytes += piece.length;
  }
  const tooLong = row.textBytes > MAX_TEXT_BYTES || row.length > MAX_PICTURE_BYTES;
  if (tooLong || row.pieces.length > COLUMNS) {
    throw new Error(
      `line ${row.line}: no row of OFA's TSV: ${COLUMNS} columns with at most ${MAX_TEXT_BYTES} bytes of text and ${MAX_PICTURE_BYTES} of picture`,
    );
  }
}

function finishRow({ line, pieces, hash, start, length }: OpenRow): TsvRow {
  const texts = pieces.map((column) => Buffer.concat(column).toString('utf8').trim());
  return { line, texts, picture: { start, length }, digest: hash.digest('hex') };
}
