import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { createOrtModule, NEEDED_EXPORTS } from '../../../functions/model/ort-module.ts';
import { ortModule } from './ort-wasm.ts';

const ROOT = new URL('../../../', import.meta.url);
const MODEL = new URL('functions/model/', ROOT);

describe('NEEDED_EXPORTS', () => {
  it('are all functions of the pinned onnxruntime-web', async () => {
    const module = await ortModule();
    for (const name of NEEDED_EXPORTS) assert.equal(typeof module[name], 'function', name);
    assert.ok(module.HEAPU8 instanceof Uint8Array);
  });

  it('are exactly what the driver uses', async () => {
    const names = await readdir(MODEL);
    const used = new Set<string>();
    for (const name of names.filter((file) => /^ort-.*(?<!\.d)\.ts$/.test(file))) {
      const source = await readFile(new URL(name, MODEL), 'utf8');
      for (const [, member] of source.matchAll(/(?<![-\w])module\.(\w+)/g)) used.add(member ?? '');
    }
    used.delete('HEAPU8');
    assert.deepEqual([...used].toSorted(), [...NEEDED_EXPORTS].toSorted());
  });

  it('belong to an exact version in package.json, and to that version installed', async () => {
    const manifest = z.object({ devDependencies: z.object({ 'onnxruntime-web': z.string() }) });
    const installed = z.object({ version: z.string() });
    const read = async (path: string): Promise<unknown> =>
      JSON.parse(await readFile(new URL(path, ROOT), 'utf8'));
    const { devDependencies } = manifest.parse(await read('package.json'));
    const pinned = devDependencies['onnxruntime-web'];
    assert.match(pinned, /^\d+\.\d+\.\d+$/);
    const { version } = installed.parse(await read('node_modules/onnxruntime-web/package.json'));
    assert.equal(version, pinned);
  });
});

describe('createOrtModule()', () => {
  it('refuses a module that cannot be linked', async () => {
    // (module (import "x" "y" (func))): the glue offers no such import.
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0];
    await assert.rejects(createOrtModule(new WebAssembly.Module(Uint8Array.from(bytes)), 1), {
      name: 'EntailError',
      code: 'runtime_dead',
    });
  });
});
