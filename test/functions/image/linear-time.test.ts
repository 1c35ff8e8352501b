import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_IMAGE_BYTES } from '../../../functions/http/limits.ts';
import { readHeader } from '../../../functions/image/read-header.ts';
import { EOI, makeFrame, makeSegment, SCAN, SOI } from '../../../scripts/lib/make-jpeg.ts';
import { join, makeChunk, makeIhdr, SIGNATURE } from '../../../scripts/lib/make-png.ts';

/** A pass over the file with a step of 100 ns for each byte, on a slow core; anything worse than linear takes minutes. */
const MAX_MS = 5000;

const IHDR = makeIhdr({ width: 9, height: 9, depth: 8, colourType: 0 });

function filled(head: readonly Uint8Array[], part: Uint8Array, tail: readonly Uint8Array[]) {
  const times = Math.floor((MAX_IMAGE_BYTES - 1000) / part.length);
  const body = new Uint8Array(times * part.length);
  for (let at = 0; at < body.length; at += part.length) body.set(part, at);
  return join([...head, body, ...tail]);
}

const jpeg = (part: readonly number[] | Uint8Array) =>
  filled([SOI, makeFrame(0xc0), SCAN], Uint8Array.from(part), [EOI]);
const jpegHead = (part: Uint8Array) => filled([SOI], part, [makeFrame(0xc0), SCAN, EOI]);

for (const [name, file] of [
  ['restarts', jpeg([0xff, 0xd0])],
  ['stuffed bytes', jpeg([0xff, 0])],
  ['fill bytes', jpeg([0xff])],
  ['zeros', jpeg([0])],
  ['empty comments behind the scan', jpeg(makeSegment(0xfe))],
  ['empty comments ahead of the frame', jpegHead(makeSegment(0xfe))],
  ['EXIF blocks', jpegHead(makeSegment(0xe1, new TextEncoder().encode('Exif\0\0MM\0*\0\0\0\x08')))],
  ['empty scans', jpeg(makeSegment(0xda))],
  ['empty chunks', filled([SIGNATURE, IHDR], makeChunk('teSt'), [makeChunk('IEND')])],
  ['empty IDATs', filled([SIGNATURE, IHDR], makeChunk('IDAT'), [makeChunk('IEND')])],
  ['one text', join([SIGNATURE, IHDR, makeChunk('tEXt', new Uint8Array(MAX_IMAGE_BYTES - 1000))])],
  ['SVG openings', filled([], new TextEncoder().encode('<svg'), [])],
  ['spaces', filled([], new TextEncoder().encode(' '), [])],
] as const) {
  test(`readHeader() is through with 10 MiB of ${name} in time`, () => {
    const begin = performance.now();
    try {
      readHeader(file);
    } catch (error) {
      assert.equal(Reflect.get(Object(error), 'name'), 'EntailError');
    }
    const ms = performance.now() - begin;
    assert.ok(ms < MAX_MS, `${ms.toFixed(0)} ms`);
  });
}
