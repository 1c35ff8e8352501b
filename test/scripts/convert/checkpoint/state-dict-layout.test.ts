import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { ModelConfig } from '../../../../scripts/convert/checkpoint/model-config.ts';
import { stateDictLayout } from '../../../../scripts/convert/checkpoint/state-dict-layout.ts';
import { SYNTHETIC_SHAPES } from '../../../../scripts/synthetic/synthetic-shapes.ts';

/** Keys, shapes and formats of the published full-size model; see shared/reference/README.md. */
const FIXTURE = new URL('../../../fixtures/reference/full-state-dict.json', import.meta.url);

function keysOf(config: ModelConfig): string[] {
  return [...stateDictLayout(config)].map(({ key }) => key);
}

test('stateDictLayout() lists the published state dict: every key, shape, format, and the order', async () => {
  const layout = [...stateDictLayout(SYNTHETIC_SHAPES.full)];
  const entries = layout.map(({ key, shape, dtype }) => [key, shape, dtype]);
  assert.deepEqual(entries, JSON.parse(await readFile(FIXTURE, 'utf8')));
});

test('stateDictLayout() has one relative table for all layers with share_attn_bias', () => {
  const keys = keysOf({ ...SYNTHETIC_SHAPES.full, shareAttnBias: true });
  const tables = keys.filter((key) => key.includes('rel_pos_table_list'));
  assert.deepEqual(tables, [
    'encoder.token_rel_pos_table_list.0.weight',
    'encoder.image_rel_pos_table_list.0.weight',
    'decoder.token_rel_pos_table_list.0.weight',
    'decoder.image_rel_pos_table_list.0.weight',
  ]);
});

test('stateDictLayout() follows the blocks of the ResNet', () => {
  const keys = keysOf({ ...SYNTHETIC_SHAPES.full, resnetBlocks: [3, 8, 36] });
  const convolutions = keys.filter((key) => /layer\d\.\d+\.conv\d\.weight$/.test(key));
  assert.equal(convolutions.length, 3 * (3 + 8 + 36));
  assert.ok(keys.includes('encoder.embed_images.layer3.35.conv3.weight'));
  assert.equal(keys.filter((key) => key.endsWith('downsample.0.weight')).length, 3);
});

test('stateDictLayout() keeps encoder and decoder dimensions apart', () => {
  const config = { ...SYNTHETIC_SHAPES.micro, encoderHeads: 8, decoderHeads: 2, decoderFfn: 48 };
  const shapes = new Map([...stateDictLayout(config)].map(({ key, shape }) => [key, shape]));
  assert.deepEqual(shapes.get('encoder.layers.0.self_attn.c_attn'), [8]);
  assert.deepEqual(shapes.get('decoder.layers.0.cross_attn.c_attn'), [2]);
  assert.deepEqual(shapes.get('encoder.token_rel_pos_table_list.0.weight'), [127, 8]);
  assert.deepEqual(shapes.get('decoder.token_rel_pos_table_list.0.weight'), [127, 2]);
  assert.deepEqual(shapes.get('encoder.layers.0.fc1.weight'), [64, 32]);
  assert.deepEqual(shapes.get('decoder.layers.0.fc1.weight'), [48, 32]);
});
