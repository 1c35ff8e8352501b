import createMozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import type { Codecs, DecodedPicture } from '../functions/image/codecs.ts';
import { EntailError } from '../functions/lib/entail-error.ts';
import type { CleanMemory, CodecMemory } from './codec-memory.ts';
import { withPixelGlobals } from './with-pixel-globals.ts';

/** The part of the Emscripten module that is used; its own types lean on a global that is not declared. */
interface Mozjpeg {
  decode(bytes: Uint8Array, preserveOrientation: boolean): unknown;
}

/**
 * Makes the JPEG decoder: mozjpeg as @jsquash/jpeg builds it, a fresh instance in clean memory for
 * each picture, since after some failures an instance decodes nothing any more.
 *
 * @param module `codecs/jpeg.wasm`, compiled.
 */
export function createJpegCodec(module: WebAssembly.Module, memory: CodecMemory): Codecs['jpeg'] {
  return (bytes, use) => memory.use((own) => decodeJpeg({ module, own }, bytes, use));
}

async function decodeJpeg<T>(
  parts: CodecParts,
  bytes: Uint8Array,
  use: (picture: DecodedPicture) => T,
): Promise<T> {
  const log: string[] = [];
  const mozjpeg = await instantiate(parts, log);
  const made: ReturnType<typeof outcomeOf<ReturnType<typeof use>>>[] = [];
  try {
    withPixelGlobals(
      () => mozjpeg.decode(bytes, false),
      ({ data, width, height }) => {
        made.push(outcomeOf(() => use({ rgba: data, width, height })));
      },
    );
  } catch (cause) {
    if (parts.own.lacked()) {
      throw new EntailError('overloaded', 'cannot decode the JPEG: there is no memory left', {
        cause,
      });
    }
    // An Error, an ExitStatus, a bare number or a RuntimeError: only the log says what it was.
    throw failure(log, cause);
  }
  const [outcome] = made;
  if (outcome === undefined || log.some((line) => TRUNCATED.test(line))) throw failure(log);
  return outcome();
}

/** Does something now, and gives back or throws again what came of it later: no error may cross the codec. */
function outcomeOf<T>(work: () => T): () => T {
  try {
    const value = work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

interface CodecParts {
  readonly module: WebAssembly.Module;
  readonly own: CleanMemory;
}

async function instantiate({ module, own }: CodecParts, log: string[]): Promise<Mozjpeg> {
  const print = (line: string) => log.push(line);
  try {
    return await withPixelGlobals(
      () =>
        createMozjpeg({
          noInitialRun: true,
          print,
          printErr: print,
          // Keeps the glue from building a URL out of import.meta.url, which a bundle has not.
          locateFile: (name: string) => name,
          instantiateWasm(imports: WebAssembly.Imports, done: (it: WebAssembly.Instance) => void) {
            const instance = new WebAssembly.Instance(module, {
              ...imports,
              edge: { memory: own.memory },
            });
            done(instance);
            return instance.exports;
          },
        }),
      () => {},
    );
  } catch (cause) {
    throw new EntailError('overloaded', 'cannot start the JPEG decoder', { cause });
  }
}

// libjpeg's messages (its jerror.h). It fills up a truncated picture with grey and only says so.
const TRUNCATED = /^Premature end of JPEG file/;
const UNSUPPORTED = /not implemented|^Unsupported (color conversion|JPEG)/i;

function failure(log: readonly string[], cause?: unknown): EntailError {
  const code = log.some((line) => TRUNCATED.test(line))
    ? 'image_truncated'
    : log.some((line) => UNSUPPORTED.test(line))
      ? 'unsupported_jpeg'
      : 'image_corrupt';
  const reason = log.at(-1) ?? 'the decoder gave up';
  return new EntailError(code, `cannot decode the JPEG: ${reason}`, { cause });
}
