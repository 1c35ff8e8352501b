import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeLayers } from '../../../scripts/convert/graph/judge-layers.ts';
import { keptLayers } from '../../../scripts/convert/kept-layers.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';

const { micro } = SYNTHETIC_SHAPES;

describe('keptLayers()', () => {
  it('takes a layer by its name', () => {
    assert.deepEqual([...keptLayers(['decoder.layers.1.fc2'], micro)], ['decoder.layers.1.fc2']);
  });

  it('takes all that a name is the beginning of, at its dots alone', () => {
    const layer = [...keptLayers(['decoder.layers.1'], micro)];
    assert.equal(layer.length, 10);
    assert.ok(layer.every((name) => name.startsWith('decoder.layers.1.')));
    assert.deepEqual(
      [...keptLayers(['encoder', 'decoder'], micro)].toSorted(),
      judgeLayers(micro).toSorted(),
    );
    assert.throws(() => keptLayers(['decoder.layers.1.fc'], micro), { name: 'ConvertError' });
  });

  it('takes none when none is named', () => {
    assert.equal(keptLayers([], micro).size, 0);
  });

  it('refuses layers of vision, and says why and what can be kept', () => {
    for (const name of ['conv1', 'layer1.0', 'layer2.1.conv3', 'image_proj']) {
      assert.throws(() => keptLayers([name], micro), {
        name: 'ConvertError',
        message: new RegExp(
          `^cannot keep ${name} in fp32: vision runs on int8 kernels.*fc1 and fc2`,
        ),
      });
    }
  });

  it('refuses what the model does not have', () => {
    for (const name of ['encoder.layers.2', 'embeddings', '']) {
      assert.throws(() => keptLayers([name], micro), /there is no such linear layer/);
    }
  });
});
