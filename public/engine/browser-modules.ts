import { EntailError } from '../../functions/lib/entail-error.ts';
import type { WasmModules } from '../../wasm/wasm-modules.ts';
import type { Download } from './download.ts';
import type { RuntimeFile } from './runtime-files.ts';

/**
 * Fetches our own kernels.
 *
 * @returns null where the browser lacks their instructions, relaxed SIMD.
 * @throws {EntailError} `storage_unavailable`.
 */
export async function browserKernels(download: Download): Promise<WasmModules['kernels']> {
  const response = await fetchFile('vision.wasm', download);
  const bytes = await response.arrayBuffer();
  return WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : null;
}

/**
 * Fetches and compiles the other modules that the Worker imports.
 *
 * @throws {EntailError} `storage_unavailable`; `runtime_dead`: the browser does not compile them.
 */
export async function browserModules(download: Download): Promise<Omit<WasmModules, 'kernels'>> {
  async function compile(name: RuntimeFile): Promise<WebAssembly.Module> {
    const response = await fetchFile(name, download);
    return WebAssembly.compileStreaming(response).catch((cause: unknown) => {
      throw new EntailError('runtime_dead', `cannot compile ${name}: ${cause}`, { cause });
    });
  }
  const [onnxruntime, jpeg, png] = await Promise.all([
    compile('onnxruntime.wasm'),
    compile('jpeg.wasm'),
    compile('png.wasm'),
  ]);
  return { onnxruntime, jpeg, png };
}

async function fetchFile(name: RuntimeFile, download: Download): Promise<Response> {
  download.begin(name);
  const response = await fetch(new URL(name, self.location.href)).catch((cause: unknown) => {
    throw new EntailError('storage_unavailable', `cannot fetch ${name}: the network failed`, {
      cause,
    });
  });
  if (!response.ok || response.body === null) {
    throw new EntailError('storage_unavailable', `cannot fetch ${name}: status ${response.status}`);
  }
  void count(name, response.clone(), download);
  return response;
}

/** Counts a copy: browsers keep what they have compiled for the response that they fetched, not for a wrapped one. */
async function count(name: RuntimeFile, { body }: Response, download: Download): Promise<void> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) return;
      download.add(name, value?.length ?? 0);
    }
  } catch {
    // Who compiles the other copy hears of it.
  }
}
