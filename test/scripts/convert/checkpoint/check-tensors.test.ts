import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTensors } from '../../../../scripts/convert/checkpoint/check-tensors.ts';
import { stateDictLayout } from '../../../../scripts/convert/checkpoint/state-dict-layout.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { SYNTHETIC_SHAPES } from '../../../../scripts/synthetic/synthetic-shapes.ts';

const { micro } = SYNTHETIC_SHAPES;
const LAYOUT = [...stateDictLayout(micro)];
const READ = LAYOUT.filter(({ read }) => read).length;

/** The published tensors, with some of another shape, under another name, or added; null takes one away. */
function shapes(
  changes: Readonly<Record<string, readonly number[] | null>> = {},
): Map<string, readonly number[]> {
  const all = new Map(LAYOUT.map(({ key, shape }) => [key, shape]));
  for (const [key, shape] of Object.entries(changes)) {
    if (shape === null) all.delete(key);
    else all.set(key, shape);
  }
  return all;
}

function refusal(found: ReadonlyMap<string, readonly number[]>): string[] {
  try {
    checkTensors(found, micro);
  } catch (error) {
    assert.ok(error instanceof ConvertError);
    return error.message.split('\n');
  }
  return assert.fail('nothing was refused');
}

test('checkTensors() accepts the published tensors, and those alone that are read', () => {
  checkTensors(shapes(), micro);
  const read = LAYOUT.filter((entry) => entry.read);
  checkTensors(new Map(read.map(({ key, shape }) => [key, shape])), micro);
});

test('checkTensors() accepts what takes no part in entailment', () => {
  checkTensors(shapes({ 'encoder.version': [1], 'mlp_head.weight': [2, 2], temp: [] }), micro);
});

test('checkTensors() reports missing, misshapen, renamed and extra tensors together', () => {
  const lines = refusal(
    shapes({
      'encoder.layers.0.fc1.weight': [64, 31],
      'encoder.layers.1.self_attn.q_proj.bias': null,
      'encoder.layers.1.self_attn.query.bias': [32],
      'decoder.layers.0.adapter.weight': [8, 32],
      'encoder.pos_ln.weight': null,
      'mlp_head.weight': [2, 2],
    }),
  );
  assert.deepEqual(lines, [
    `cannot convert this checkpoint: 3 of ${READ} tensors do not fit config.json`,
    '  encoder.pos_ln.weight: expected [32], found nothing',
    '  encoder.layers.0.fc1.weight: expected [64, 32], found [64, 31]',
    '  encoder.layers.1.self_attn.q_proj.bias: expected [32], found nothing; encoder.layers.1.self_attn.query.bias may be it',
    '2 tensors belong to no part described by config.json and would be lost',
    '  encoder.layers.1.self_attn.query.bias: found [32]',
    '  decoder.layers.0.adapter.weight: found [8, 32]',
  ]);
});

test('checkTensors() shows twenty of a kind, and counts the rest', () => {
  const lines = refusal(new Map());
  assert.match(lines[0] ?? '', new RegExp(`${READ} of ${READ} tensors do not fit`));
  assert.equal(lines.length, 22);
  assert.equal(lines.at(-1), `  and ${READ - 20} more`);
});

for (const key of [
  'encoder.layers.0.w_resid',
  'encoder.layers.0.weight_self_attn',
  'decoder.layers.1.weight_ffn',
  'decoder.layers.0.adapter.down_proj.weight',
  'encoder.layers.2.fc1.weight',
  'encoder.embed_images.layer4.0.conv1.weight',
  'encoder.embed_images.layer1.2.conv1.weight',
  'encoder.embed_images.class_embedding',
]) {
  test(`checkTensors() refuses ${key}`, () => {
    assert.deepEqual(refusal(shapes({ [key]: [3] })), [
      'cannot convert this checkpoint: 1 tensors belong to no part described by config.json and would be lost',
      `  ${key}: found [3]`,
    ]);
  });
}
