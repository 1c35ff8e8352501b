import createMozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import type { Codecs } from '../functions/image/codecs.ts';
import { EntailError } from '../functions/lib/entail-error.ts';
import { lacksMemory } from './lacks-memory.ts';
import { withPixelGlobals } from './with-pixel-globals.ts';

/** The part of the Emscripten module that is used; its own types lean on a global that is not declared. */
interface Mozjpeg {
  decode(bytes: Uint8Array, preserveOrientation: boolean): unknown;
}

/**
 * Makes the JPEG decoder: mozjpeg as @jsquash/jpeg builds it, a fresh instance for each picture,
 * since after some failures an instance decodes nothing any more.
 *
 * @param module `@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm`, compiled.
 */
export function createJpegCodec(module: WebAssembly.Module): Codecs['jpeg'] {
  return async function decodeJpeg(bytes, use) {
    const log: string[] = [];
    const { mozjpeg, instance } = await instantiate(module, log);
    const made: ReturnType<typeof outcomeOf<ReturnType<typeof use>>>[] = [];
    try {
      withPixelGlobals(
        () => mozjpeg.decode(bytes, false),
        ({ data, width, height }) => {
          made.push(outcomeOf(() => use({ rgba: data, width, height })));
        },
      );
    } catch (cause) {
      if (log.some((line) => ABORTED.test(line)) && lacksMemory(instance)) {
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
  };
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

async function instantiate(
  module: WebAssembly.Module,
  log: string[],
): Promise<{ readonly mozjpeg: Mozjpeg; readonly instance: WebAssembly.Instance }> {
  const print = (line: string) => log.push(line);
  try {
    const instance = Promise.withResolvers<WebAssembly.Instance>();
    const mozjpeg = await withPixelGlobals(
      () =>
        createMozjpeg({
          noInitialRun: true,
          print,
          printErr: print,
          // Keeps the glue from building a URL out of import.meta.url, which a bundle has not.
          locateFile: (name: string) => name,
          instantiateWasm(imports: WebAssembly.Imports, done: (it: WebAssembly.Instance) => void) {
            const made = new WebAssembly.Instance(module, imports);
            instance.resolve(made);
            done(made);
            return made.exports;
          },
        }),
      () => {},
    );
    return { mozjpeg, instance: await instance.promise };
  } catch (cause) {
    throw new EntailError('overloaded', 'cannot start the JPEG decoder', { cause });
  }
}

// libjpeg's messages (its jerror.h). It fills up a truncated picture with grey and only says so.
const TRUNCATED = /^Premature end of JPEG file/;
/** The glue's last words where C++ finds no memory; what libjpeg has to say about a picture comes otherwise. */
const ABORTED = /^Aborted\(/;
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
