import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseUnknownParts } from '../../../../scripts/convert/checkpoint/refuse-unknown-parts.ts';
import { stateDictLayout } from '../../../../scripts/convert/checkpoint/state-dict-layout.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { SYNTHETIC_SHAPES } from '../../../../scripts/synthetic/synthetic-shapes.ts';

const { micro } = SYNTHETIC_SHAPES;
const KNOWN = [...stateDictLayout(micro)].map(({ key }) => key);

test('refuseUnknownParts() accepts the published keys, all or some', () => {
  refuseUnknownParts(KNOWN, micro);
  refuseUnknownParts(KNOWN.slice(0, 3), micro);
});

test('refuseUnknownParts() accepts what takes no part in entailment', () => {
  refuseUnknownParts([...KNOWN, 'encoder.version', 'mlp_head.weight', 'temp'], micro);
});

const LOST = [
  'encoder.layers.0.w_resid',
  'encoder.layers.0.weight_self_attn',
  'decoder.layers.1.weight_ffn',
  'decoder.layers.0.adapter.down_proj.weight',
  'encoder.layers.2.fc1.weight',
  'encoder.embed_images.layer4.0.conv1.weight',
  'encoder.embed_images.layer1.2.conv1.weight',
  'encoder.embed_images.class_embedding',
];

for (const key of LOST) {
  test(`refuseUnknownParts() refuses ${key}`, () => {
    assert.throws(
      () => refuseUnknownParts([...KNOWN, key], micro),
      (error: unknown) =>
        error instanceof ConvertError && error.message.endsWith(`would be lost: ${key}`),
    );
  });
}

test('refuseUnknownParts() shows five keys at most', () => {
  assert.throws(() => refuseUnknownParts(LOST, micro), /8 tensors .*(, [\w.]+){4}, \.\.\.$/);
});
