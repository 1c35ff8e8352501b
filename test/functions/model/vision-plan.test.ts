import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Plane, planVision } from '../../../functions/model/vision-plan.ts';

const MIB = 1024 * 1024;
const tiny = planVision({ side: 480, blocks: [3, 4, 6], width: 256 });

function end({ offset, height, width, channels, border }: Plane): number {
  return offset + (height + 2 * border) * (width + 2 * border) * channels;
}

describe('planVision()', () => {
  it('lists 44 convolutions and a pool for OFA-tiny, in the order of the network', () => {
    const names = tiny.steps.map((step) => (step.kind === 'pool' ? 'pool' : step.name));
    assert.equal(names.length, 45);
    assert.deepEqual(names.slice(0, 6), [
      'conv1',
      'pool',
      'layer1.0.conv1',
      'layer1.0.conv2',
      'layer1.0.downsample.0',
      'layer1.0.conv3',
    ]);
    assert.equal(names.at(-1), 'image_proj');
  });

  it('halves the picture four times, rounding up, whatever its side', () => {
    for (const side of [32, 33, 96, 100, 128, 479, 480]) {
      const last = planVision({ side, blocks: [1, 1, 1], width: 16 }).steps.at(-1);
      assert.equal(last?.input.height, Math.ceil(side / 16), `${side} pixels`);
    }
  });

  it('never lets a step write over what it or a later step reads', () => {
    for (const side of [33, 96, 480]) {
      const { pixels, steps, arenaBytes } = planVision({ side, blocks: [2, 2, 2], width: 32 });
      /** Planes whose bytes are still there. */
      let intact: Plane[] = [pixels];
      for (const step of steps) {
        const { input, output } = step;
        assert.ok(intact.includes(input), `${side} pixels: an input was written over`);
        if (output === null) continue;
        assert.ok(end(output) <= arenaBytes);
        assert.ok(end(output) <= input.offset || output.offset >= end(input));
        if (step.kind === 'convolution' && step.closes) assert.ok(intact.includes(output));
        intact = intact.filter(
          (plane) => end(plane) <= output.offset || plane.offset >= end(output),
        );
        intact.push(output);
      }
    }
  });

  it('needs 6.3 MiB for the planes of OFA-tiny and 8.5 MiB for its weights', () => {
    // Bounds, not the sizes themselves: docs/memory.md counts on them.
    assert.ok(tiny.arenaBytes < 6.3 * MIB, `${tiny.arenaBytes / MIB} MiB`);
    assert.ok(tiny.fileBytes < 8.5 * MIB, `${tiny.fileBytes / MIB} MiB`);
  });

  it('places the numbers of the file one behind the other, at multiples of 16', () => {
    let from = 0;
    for (const step of tiny.steps) {
      if (step.kind === 'pool') continue;
      for (const at of [step.weights, step.scales, step.biases, step.shortcutScale]) {
        assert.equal(at % 16, 0);
        assert.ok(at >= from);
        from = at + 1;
      }
    }
    assert.ok(from <= tiny.fileBytes);
  });
});
