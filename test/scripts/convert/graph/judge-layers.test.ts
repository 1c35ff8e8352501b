import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GraphBuilder } from '../../../../scripts/convert/graph/graph-builder.ts';
import { authorJudge } from '../../../../scripts/convert/graph/judge-graph.ts';
import { judgeLayers } from '../../../../scripts/convert/graph/judge-layers.ts';
import { floatLinear } from '../../../../scripts/convert/graph/linear.ts';
import { judgeShape } from '../../../../scripts/convert/model-shape.ts';
import { syntheticSource } from '../../../lib/synthetic-source.ts';

describe('judgeLayers()', () => {
  it('names the linear layers that the graph is written with, all of them and no other', () => {
    const { config, weights, answerIds } = syntheticSource('micro');
    const builder = new GraphBuilder('judge', 'weights');
    const float = floatLinear(builder);
    const asked = new Set<string>();
    authorJudge({
      builder,
      weights,
      linear(input, layer) {
        asked.add(layer.key);
        return float(input, layer);
      },
      gelu: 'Gelu',
      shape: judgeShape(config, answerIds),
      part: '',
    });
    assert.deepEqual([...asked].toSorted(), judgeLayers(config).toSorted());
    assert.equal(asked.size, 2 * 6 + 2 * 10);
  });
});
