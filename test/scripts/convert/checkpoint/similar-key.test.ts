import assert from 'node:assert/strict';
import { test } from 'node:test';
import { similarKey } from '../../../../scripts/convert/checkpoint/similar-key.ts';

const KEY = 'encoder.layers.1.self_attn.q_proj.bias';

function among(...keys: string[]): string | null {
  return similarKey(KEY, [4], new Map(keys.map((key) => [key, [4]])));
}

test('similarKey() takes the name that shares most parts, from the front and from the back', () => {
  assert.equal(
    among('encoder.layers.0.self_attn.query.bias', 'encoder.layers.1.self_attn.query.bias'),
    'encoder.layers.1.self_attn.query.bias',
  );
  assert.equal(
    among('model.blocks.1.self_attn.q_proj.bias'),
    'model.blocks.1.self_attn.q_proj.bias',
  );
});

test('similarKey() takes none of two that are as good, none that shares little, none of another shape', () => {
  assert.equal(
    among('encoder.layers.1.self_attn.a.bias', 'encoder.layers.1.self_attn.b.bias'),
    null,
  );
  assert.equal(among('decoder.blocks.2.q_proj.bias'), null);
  assert.equal(
    similarKey(KEY, [4], new Map([['encoder.layers.1.self_attn.query.bias', [5]]])),
    null,
  );
  assert.equal(among(), null);
});
