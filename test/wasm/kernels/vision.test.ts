import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instantiateKernels } from '../../../functions/model/vision-kernels.ts';
import { largestLaneSum, packWeights } from '../../../scripts/convert/kernels/pack-weights.ts';
import { compileKernels } from '../../../scripts/lib/compile-kernels.ts';
import { plainKernels } from '../../lib/plain-kernels.ts';

const path = new URL('../../../wasm/kernels/vision.wasm', import.meta.url);
const bytes = await readFile(path);
const compiled = await WebAssembly.compile(bytes);
const PAGES = 256;

/** A memory like the runtime's, and kernels on it. */
async function kernelsOnMemory() {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: 65_536, shared: true });
  return { memory, kernels: await instantiateKernels(compiled, memory) };
}

const { memory, kernels } = await kernelsOnMemory();

/** What a convolution reads and writes, at addresses of its own, each far from the others. */
const AT = { input: 64, weights: 1 << 20, scales: 2 << 20, biases: 3 << 20, output: 4 << 20 };

interface Layer {
  readonly kernel: number;
  readonly stride: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly height: number;
  readonly width: number;
  readonly border: number;
  readonly limit: 0 | 127 | 255;
  readonly closes: boolean;
  readonly seed: number;
}

const layers = fc.record<Layer>({
  kernel: fc.constantFrom(1, 3),
  stride: fc.constantFrom(1, 2),
  inChannels: fc.constantFrom(8, 16, 24, 64),
  outChannels: fc.constantFrom(16, 32, 48),
  height: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 11 }),
  border: fc.constantFrom(0, 1),
  limit: fc.constantFrom(0, 127, 255),
  closes: fc.boolean(),
  seed: fc.nat(),
});

/** Fills the memory and gives the call's arguments; some weights are as large as the lanes allow. */
function prepare(layer: Layer): Parameters<typeof kernels.convolve> {
  const { kernel, stride, inChannels, outChannels, height, width, limit } = layer;
  let state = layer.seed % 2 ** 31;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const heap = new Uint8Array(memory.buffer);
  heap.fill(0xaa);
  const inputRow = (width * stride + kernel + 1) * inChannels;
  const run = Math.ceil((kernel * inChannels) / 8) * 8;
  for (let i = 0; i < inputRow * (height * stride + kernel); i++) {
    heap[AT.input + i] = random(4) === 0 ? 127 : random(128);
  }
  const weights = Int8Array.from({ length: outChannels * kernel * run }, () =>
    random(3) === 0 ? 64 - 128 * random(2) : random(129) - 64,
  );
  assert.ok(largestLaneSum(weights) <= 258);
  const values = new Float32Array();
  const packed = packWeights(weights, { outChannels, taps: kernel, run, values });
  heap.set(new Uint8Array(packed.buffer), AT.weights);
  for (let c = 0; c < outChannels; c++) {
    new Float32Array(memory.buffer, AT.scales)[c] = (1 + random(1000)) / 1e6;
    new Float32Array(memory.buffer, AT.biases)[c] = random(2000) / 10 - 100;
  }
  const border = limit === 0 ? 0 : layer.border;
  const pixel = outChannels * (limit === 0 ? 4 : 1);
  const outputRow = (width + 2 * border) * pixel;
  const output = AT.output + border * (outputRow + pixel);
  const closes = layer.closes && limit !== 0;
  return [
    AT.input,
    inputRow,
    stride * inChannels,
    stride * inputRow,
    kernel,
    run,
    AT.weights,
    AT.scales,
    AT.biases,
    closes ? output : 0,
    closes ? 0.37 : 0,
    output,
    outputRow,
    height,
    width,
    outChannels,
    limit,
  ];
}

/** The memory after a call, byte for byte. */
function after(call: () => void): Buffer {
  call();
  return Buffer.from(new Uint8Array(memory.buffer).slice());
}

describe('vision.wasm', () => {
  it('is what its source compiles to, and its checksum says so', async () => {
    const built = await compileKernels();
    assert.ok(Buffer.from(built).equals(bytes), 'run `npm run build:kernels`');
    const sum = await readFile(new URL('vision.wasm.sha256', path), 'utf8');
    assert.equal(sum, `${createHash('sha256').update(bytes).digest('hex')}  vision.wasm\n`);
  });

  it('convolves as plain arithmetic does, bit for bit, and writes nothing else', () => {
    const plain = plainKernels(memory);
    fc.assert(
      fc.property(layers, (layer) => {
        const found = after(() => kernels.convolve(...prepare(layer)));
        const expected = after(() => plain.convolve(...prepare(layer)));
        assert.ok(found.equals(expected), JSON.stringify(layer));
      }),
      { numRuns: 150 },
    );
  });

  it('takes the stem, whose window of 7 pixels of 4 bytes is read as 8 pixels', () => {
    const layer: Layer = {
      kernel: 7,
      stride: 2,
      inChannels: 4,
      outChannels: 64,
      height: 5,
      width: 7,
      border: 1,
      limit: 127,
      closes: false,
      seed: 7,
    };
    const call = (target: typeof kernels.convolve) => after(() => target(...prepare(layer)));
    assert.ok(call(kernels.convolve).equals(call(plainKernels(memory).convolve)));
  });

  it('finds the largest of each 3x3 window, and clears a border and nothing else', () => {
    const plain = plainKernels(memory);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(16, 64),
        (height, width, channels) => {
          const run = (target: typeof kernels) =>
            after(() => {
              const heap = new Uint8Array(memory.buffer);
              for (let i = 0; i < 1 << 16; i++) heap[AT.input + i] = (i * 7919) >> 3;
              const row = (2 * width + 2) * channels;
              target.clearBorder(AT.input, 2 * height, 2 * width, channels);
              const output = width * channels;
              target.maxPool(AT.input, row, AT.output, output, height, width, channels);
            });
          assert.ok(run(kernels).equals(run(plain)));
        },
      ),
      { numRuns: 30 },
    );
  });
});
