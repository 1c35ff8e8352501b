import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { settingsFiles } from '../../../scripts/synthetic/settings-files.ts';
import { syntheticBuffer } from '../../../scripts/synthetic/synthetic-buffer.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../../../scripts/synthetic/synthetic-tensor.ts';
import { referenceCases, resizedPixels } from '../../lib/reference-cases.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { runPython } from './run-python.ts';
import { torchMissing } from './torch-missing.ts';

const SIDE = 96;
/** Token ids of " yes", " maybe" and " no" in the published vocabulary. */
const ANSWERS = [4420, 2085, 117];
/** float32 sums in another order; the reference's own figures have six digits. */
const TOLERANCE = 1e-4;

const numbers = z.array(z.number());
const results = z.array(
  z.object({
    probabilities: numbers,
    image_tokens_shape: numbers,
    first_token_first_8: numbers,
    last_token_last_8: numbers,
  }),
);

test('Ofa has the keys, shapes and dtypes of the published state dict, in its order', {
  skip: torchMissing,
}, async () => {
  const file = new URL('../../fixtures/reference/full-state-dict.json', import.meta.url);
  const config = settingsFiles(SYNTHETIC_SHAPES.full)['config.json'];
  const found = await runPython(['test/scripts/train/list_state_dict.py'], JSON.stringify(config));
  assert.deepEqual(JSON.parse(found), JSON.parse(await readFile(file, 'utf8')));
});

test('Ofa answers the reference cases as the published implementation does', {
  skip: torchMissing,
}, async () => {
  const cases = referenceCases('micro-synthetic').filter(
    ({ prompt_type }) => prompt_type === 'prev_output',
  );
  assert.equal(cases.length, 9);
  const folder = temporaryFolder();
  const questions = [];
  for (const [index, { image, input_ids: ids }] of cases.entries()) {
    const pixels = join(folder, `${index}.raw`);
    await writeFile(pixels, resizedPixels(image, SIDE));
    questions.push({ pixels, ids });
  }
  const config = settingsFiles(SYNTHETIC_SHAPES.micro)['config.json'];
  const request = { config, side: SIDE, answers: ANSWERS, cases: questions };
  const found = results.parse(
    JSON.parse(
      await runPython(['test/scripts/train/answer_reference.py'], JSON.stringify(request)),
    ),
  );
  for (const [index, { image_tokens, probabilities }] of cases.entries()) {
    const answer = found[index];
    assert.ok(answer);
    assert.deepEqual(answer.image_tokens_shape, image_tokens.shape);
    assertClose(answer.first_token_first_8, image_tokens.first_token_first_8);
    assertClose(answer.last_token_last_8, image_tokens.last_token_last_8);
    const { entailment, neutral, contradiction } = probabilities;
    assertClose(answer.probabilities, [entailment, neutral, contradiction]);
  }
});

const NAMES = ['encoder.layers.0.fc1.weight', 'decoder.layers.1.cross_attn.q_proj.weight'];

for (const name of NAMES) {
  test(`synthetic_tensor() gives the numbers of syntheticTensor(): ${name}`, {
    skip: torchMissing,
  }, async () => {
    const program = `from synthetic_weights import synthetic_tensor
print(synthetic_tensor("${name}", (3, 5)).flatten().tolist())`;
    const found = numbers.parse(JSON.parse(await runPython(['-c', path + program])));
    assert.deepEqual(Float32Array.from(found), syntheticTensor(name, [3, 5]));
  });
}

/** Python puts a program's own folder on its path, but not for `-c`. */
const path = 'import sys; sys.path.insert(0, "test/scripts/train")\n';

test('token_buckets() and image_buckets() are the buffers of published checkpoints', {
  skip: torchMissing,
}, async () => {
  const config = SYNTHETIC_SHAPES.micro;
  const program = `import json
from positions import code_positions, image_buckets, token_buckets
tables = token_buckets(${config.tokenBucketSize}), image_buckets(${config.imageBucketSize}), code_positions(${config.imageBucketSize})
print(json.dumps([table.flatten().tolist() for table in tables]))`;
  const found = z.array(numbers).parse(JSON.parse(await runPython(['-c', program])));
  const keys = ['encoder.token_rp_bucket', 'encoder.image_rp_bucket', 'decoder.image_position_idx'];
  for (const [index, key] of keys.entries()) {
    assert.deepEqual(Int32Array.from(found[index] ?? []), syntheticBuffer(key, config));
  }
});

function assertClose(found: readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const difference = Math.abs((found[index] ?? Number.NaN) - value);
    assert.ok(difference < TOLERANCE, `${found[index]} is not ${value}`);
  }
}
