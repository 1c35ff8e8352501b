import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskSettings } from '../../../../scripts/convert/checkpoint/task-settings.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

function refused(settings: unknown, message: RegExp): void {
  assert.throws(
    () => taskSettings(settings),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

test("taskSettings() gives absent and null settings the values of ModelScope's preprocessor", () => {
  const expected = {
    prompt_type: 'none',
    prompt: null,
    patch_image_size: 480,
    imagenet_default_mean_and_std: false,
    max_src_length: 256,
    answer2label: 'ans2label.json',
  };
  assert.deepEqual(taskSettings({ model: {} }), expected);
  const nulls = Object.fromEntries(Object.keys(expected).map((key) => [key, null]));
  assert.deepEqual(taskSettings({ task: null, model: nulls }), expected);
});

test('taskSettings() honours what is set', () => {
  const model = {
    language: 'en',
    prompt_type: 'src',
    prompt: ' is it so that {}?',
    patch_image_size: 224,
    imagenet_default_mean_and_std: true,
    max_src_length: 80,
    answer2label: 'answers-3.json',
  };
  assert.deepEqual(taskSettings({ task: 'visual-entailment', model }), model);
});

test('taskSettings() knows the three prompt types and refuses others', () => {
  for (const type of ['none', 'src', 'prev_output']) {
    assert.equal(taskSettings({ model: { prompt_type: type } }).prompt_type, type);
  }
  refused({ model: { prompt_type: 'both' } }, /model\.prompt_type: .*found "both"/);
});

test('taskSettings() takes a prompt with one or two places and refuses others', () => {
  for (const prompt of ['{}', ' a {} b {} c', 'line\n{}']) {
    assert.equal(taskSettings({ model: { prompt } }).prompt, prompt);
  }
  for (const prompt of ['', 'no place', '{0}', '{{{}}}', '{}{}{}', '{} }']) {
    refused({ model: { prompt } }, /model\.prompt: must hold \{\} once or twice/);
  }
  refused({ model: { prompt: `{}${'a'.repeat(1000)}` } }, /model\.prompt: .*1000/);
});

test('taskSettings() takes picture sides that are multiples of 16 up to 1024', () => {
  for (const side of [16, 96, 1024]) {
    assert.equal(taskSettings({ model: { patch_image_size: side } }).patch_image_size, side);
  }
  for (const side of [0, 8, 100, 1040, 96.5, '96']) {
    refused({ model: { patch_image_size: side } }, /model\.patch_image_size: /);
  }
});

test('taskSettings() refuses other tasks and languages', () => {
  refused(
    { task: 'image-captioning', model: {} },
    /task: .*"visual-entailment".*"image-captioning"/,
  );
  refused({ model: { language: 'zh' } }, /model\.language: .*"en".*"zh"/);
});

test('taskSettings() refuses an answer file outside the folder', () => {
  for (const name of ['../x.json', '/etc/x.json', 'a\\x.json', 'x', 'x.txt']) {
    refused(
      { model: { answer2label: name } },
      /model\.answer2label: must be the name of a JSON file/,
    );
  }
});

test('taskSettings() refuses a file without a model', () => {
  for (const content of [null, {}, [], { model: 3 }])
    refused(content, /cannot use configuration\.json/);
});

test('taskSettings() ignores settings that do not change the result', () => {
  taskSettings({
    framework: 'pytorch',
    model: { type: 'ofa', gen_type: 'traverse', seed: 7, beam_search: { beam_size: 2 } },
    pipeline: {},
  });
});
