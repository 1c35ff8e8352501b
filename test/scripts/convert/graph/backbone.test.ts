import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateDictLayout } from '../../../../scripts/convert/checkpoint/state-dict-layout.ts';
import { describeBackbone } from '../../../../scripts/convert/graph/backbone.ts';
import { SYNTHETIC_SHAPES } from '../../../../scripts/synthetic/synthetic-shapes.ts';

const BLOCKS = [
  [2, 2, 2],
  [3, 4, 6],
  [3, 4, 23],
  [3, 8, 36],
] as const;

describe('describeBackbone()', () => {
  for (const resnetBlocks of BLOCKS) {
    const { stem, blocks, channels } = describeBackbone(resnetBlocks);
    const sites = blocks.flatMap(({ conv1, conv2, conv3, downsample }) =>
      downsample === null ? [conv1, conv2, conv3] : [conv1, conv2, conv3, downsample],
    );

    it(`names every convolution and norm of the checkpoint: ${resnetBlocks.join(', ')}`, () => {
      const prefix = 'encoder.embed_images.';
      const layout = [...stateDictLayout({ ...SYNTHETIC_SHAPES.full, resnetBlocks })];
      const expected = layout
        .filter(({ key, shape }) => key.startsWith(prefix) && shape.length === 4)
        .map(({ key, shape }) => `${key.slice(prefix.length)} ${shape.join('x')}`);
      const found = [stem, ...sites].map(
        ({ name, outChannels, inChannels, kernel }) =>
          `${name}.weight ${outChannels}x${inChannels}x${kernel}x${kernel}`,
      );
      assert.deepEqual(found.toSorted(), expected.toSorted());
      for (const { norm, outChannels } of [stem, ...sites]) {
        const entry = layout.find(({ key }) => key === `${prefix}${norm}.running_var`);
        assert.deepEqual(entry?.shape, [outChannels], norm);
      }
    });

    it(`strides on the 3x3 of stages 2 and 3 and on its shortcut only: ${resnetBlocks.join(', ')}`, () => {
      const striding = sites.filter(({ stride }) => stride === 2).map(({ name }) => name);
      const places = ['layer2.0.conv2', 'layer2.0.downsample.0'];
      assert.deepEqual(striding, [...places, 'layer3.0.conv2', 'layer3.0.downsample.0']);
      assert.ok(sites.every(({ stride }) => stride === 1 || stride === 2));
    });

    it(`hands the channels of one convolution to the next: ${resnetBlocks.join(', ')}`, () => {
      let width = stem.outChannels;
      for (const { name, conv1, conv2, conv3, downsample } of blocks) {
        assert.equal(conv1.inChannels, width, name);
        assert.equal(conv2.inChannels, conv1.outChannels, name);
        assert.equal(conv3.inChannels, conv2.outChannels, name);
        assert.equal(downsample?.inChannels ?? width, width, name);
        assert.equal(downsample?.outChannels ?? width, conv3.outChannels, name);
        width = conv3.outChannels;
      }
      assert.equal(channels, width);
      assert.equal(channels, 1024);
    });
  }

  it('starts with a 7x7 of stride 2 over three colours', () => {
    const { stem } = describeBackbone([1, 1, 1]);
    const expected = { inChannels: 3, outChannels: 64, kernel: 7, stride: 2, norm: 'bn1' };
    assert.deepEqual(stem, { name: 'conv1', ...expected });
  });
});
