import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectureSettings } from '../../../scripts/convert/checkpoint/architecture-settings.ts';
import type { Triple } from '../../../scripts/convert/checkpoint/model-config.ts';
import { taskSettings } from '../../../scripts/convert/checkpoint/task-settings.ts';
import { settingsFiles } from '../../../scripts/synthetic/settings-files.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';

test('settingsFiles() of both shapes are what the converter reads', () => {
  for (const config of Object.values(SYNTHETIC_SHAPES)) {
    const files = settingsFiles(config);
    const architecture = architectureSettings(files['config.json']);
    assert.equal(architecture.d_model, config.width);
    assert.deepEqual(architecture.blocks, config.resnetBlocks);
    const task = taskSettings(files['configuration.json']);
    assert.equal(task.patch_image_size, config.imageSide);
    assert.equal(task.max_src_length, 80);
    assert.equal(task.prompt_type, 'prev_output');
    assert.deepEqual(files['ans2label.json'], { no: 0, yes: 1, maybe: 2 });
  }
});

test('settingsFiles() find a ResNet for every choice of blocks', () => {
  const choices: Triple[] = [
    [2, 2, 2],
    [3, 4, 6],
    [3, 4, 23],
    [3, 8, 36],
  ];
  for (const resnetBlocks of choices) {
    const files = settingsFiles({ ...SYNTHETIC_SHAPES.micro, resnetBlocks });
    assert.deepEqual(architectureSettings(files['config.json']).blocks, resnetBlocks);
  }
});

test('settingsFiles() carry prompt, ImageNet statistics and shared bias', () => {
  const files = settingsFiles({
    ...SYNTHETIC_SHAPES.micro,
    prompt: ' so {}?',
    imageMean: [0.485, 0.456, 0.406],
    imageStd: [0.229, 0.224, 0.225],
    shareAttnBias: true,
  });
  const task = taskSettings(files['configuration.json']);
  assert.equal(task.prompt, ' so {}?');
  assert.equal(task.imagenet_default_mean_and_std, true);
  assert.equal(architectureSettings(files['config.json']).share_attn_bias, true);
});
