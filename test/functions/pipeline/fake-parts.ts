import { PNG } from 'pngjs';
import type { Codecs } from '../../../functions/image/codecs.ts';
import { systemClock } from '../../../functions/lib/clock.ts';
import type { Engine } from '../../../functions/model/engine.ts';
import { readManifest } from '../../../functions/model/read-manifest.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';
import { type LoadedModel, loadModel } from '../../../functions/pipeline/load-model.ts';
import { fakeEngine, fakeModel, mapStore } from '../model/fake-model.ts';

/** A 4 x 3 PNG, all one colour. */
export function smallPng(): Uint8Array<ArrayBuffer> {
  const png = new PNG({ width: 4, height: 3 });
  png.data.fill(200);
  return new Uint8Array(PNG.sync.write(png, { colorType: 2 }));
}

/** PNG by a library of the tests, so that no WASM is needed; no JPEG. */
export const pngCodec: Codecs = {
  jpeg: () => Promise.reject(new Error('no JPEG in this test')),
  async png(bytes, use) {
    const { data, width, height } = PNG.sync.read(Buffer.from(bytes));
    return use({ rgba: new Uint8Array(data), width, height });
  },
};

/** Loads the fake model; nothing keeps an eye on the load. */
export function loadFake(
  engine: Engine = fakeEngine(),
  store: ShardStore = mapStore(fakeModel().blobs),
): Promise<LoadedModel> {
  return loadModel({
    store,
    readManifest,
    clock: systemClock,
    images: null,
    alive: () => {},
    async openEngine(_manifest, readFile) {
      await readFile('vision.onnx');
      await readFile('vision.weights');
      await readFile('judge.onnx');
      await readFile('judge.weights');
      await readFile('embeddings');
      return engine;
    },
  });
}
