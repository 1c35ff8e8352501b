import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  MAX_ASSET_BYTES,
  MAX_BUNDLE_BYTES,
  MAX_BUNDLE_GZIP_BYTES,
  measureUpload,
} from '../../../scripts/deploy/measure-upload.ts';
import { readBundle, type WorkerBundle } from '../../../scripts/lib/build-worker.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { bundleOnce } from '../../workerd/bundle-once.ts';

const bundle = await readBundle(await bundleOnce());

/** The Worker with one more module, and a page of one file. */
function withMore(module: Uint8Array, assetBytes: number): WorkerBundle {
  const folder = temporaryFolder();
  const path = join(folder, 'more.wasm');
  writeFileSync(path, module);
  const assetsFolder = join(folder, 'assets');
  mkdirSync(assetsFolder);
  writeFileSync(join(assetsFolder, 'page.bin'), '');
  truncateSync(join(assetsFolder, 'page.bin'), assetBytes);
  return {
    ...bundle,
    modules: [...bundle.modules, { type: 'CompiledWasm', path }],
    bytes: bundle.bytes + module.length,
    config: { ...bundle.config, assetsFolder },
  };
}

describe('measureUpload()', () => {
  it('measures the Worker and its page, which fit', async () => {
    const { bytes, gzipBytes, assets } = await measureUpload(withMore(new Uint8Array(9), 1234));
    assert.equal(bytes, bundle.bytes + 9);
    assert.ok(gzipBytes > bytes / 8 && gzipBytes < bytes / 2, `${gzipBytes} of ${bytes}`);
    assert.deepEqual(assets, { files: 1, bytes: 1234 });
  });

  it('refuses what the platform would, naming size and limit', async () => {
    for (const [large, words] of [
      [
        withMore(randomBytes(MAX_BUNDLE_GZIP_BYTES), 0),
        `gzipped,.*at most ${MAX_BUNDLE_GZIP_BYTES}`,
      ],
      [withMore(new Uint8Array(MAX_BUNDLE_BYTES), 0), `the Worker is.*at most ${MAX_BUNDLE_BYTES}`],
      [withMore(new Uint8Array(), MAX_ASSET_BYTES + 1), `page\\.bin.*at most ${MAX_ASSET_BYTES}`],
    ] as const) {
      await assert.rejects(measureUpload(large), { message: new RegExp(words) });
    }
  });
});
