import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { expectedTensors } from '../../../../scripts/convert/checkpoint/expected-tensors.ts';
import { SYNTHETIC_SHAPES } from '../../../../scripts/synthetic/synthetic-shapes.ts';

const FIXTURE = new URL('../../../fixtures/reference/full-state-dict.json', import.meta.url);

/** What the published model computes an entailment from, said in another way than the layout does. */
function isRead(key: string): boolean {
  if (/_rp_bucket$|image_position_idx$|num_batches_tracked$/.test(key)) return false;
  if (!key.startsWith('decoder.')) return true;
  return !/embed_tokens|output_projection|image|code_layernorm/.test(key);
}

test('expectedTensors() are those of the published state dict that entailment reads', async () => {
  const published: [string, number[], string][] = JSON.parse(await readFile(FIXTURE, 'utf8'));
  const wanted = published.filter(([key]) => isRead(key)).map(([key, shape]) => [key, shape]);
  assert.deepEqual([...expectedTensors(SYNTHETIC_SHAPES.full)], wanted);
});

test('expectedTensors() are weights of 33 million numbers for OFA-tiny, 15 million of them embeddings', () => {
  let count = 0;
  for (const shape of expectedTensors(SYNTHETIC_SHAPES.full).values()) {
    count += shape.reduce((product, side) => product * side, 1);
  }
  // 33.49 million published, less the decoder's image tables and norms, plus BatchNorm statistics.
  assert.ok(count > 32.5e6 && count < 33.5e6, String(count));
});
