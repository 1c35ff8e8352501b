import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readModelConfig } from '../../../../scripts/convert/checkpoint/read-model-config.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { sharedFolder } from '../../../lib/shared-folder.ts';
import { changeSettings, TINY, temporaryCheckpoint } from './temporary-checkpoint.ts';

type File = 'config.json' | 'configuration.json';

async function readWith(context: TestContext, file: File, changes: Record<string, unknown>) {
  const folder = await temporaryCheckpoint(context, []);
  await changeSettings(folder, file, changes);
  return readModelConfig(folder);
}

async function readWithAnswers(context: TestContext, answers: unknown) {
  const folder = await temporaryCheckpoint(context, []);
  await writeFile(join(folder, 'ans2label.json'), JSON.stringify(answers));
  return readModelConfig(folder);
}

function refusal(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof ConvertError && message.test(error.message);
}

test('readModelConfig() reads back what a checkpoint was written with', async (t) => {
  assert.deepEqual(await readModelConfig(await temporaryCheckpoint(t, [])), TINY);
});

test('readModelConfig() takes ImageNet statistics when told so', async (t) => {
  const config = await readWith(t, 'configuration.json', { imagenet_default_mean_and_std: true });
  assert.deepEqual(config.imageMean, [0.485, 0.456, 0.406]);
  assert.deepEqual(config.imageStd, [0.229, 0.224, 0.225]);
});

test('readModelConfig() refuses a grid larger than the position table', async (t) => {
  assert.equal((await readWith(t, 'config.json', { image_bucket_size: 6 })).imageBucketSize, 6);
  await assert.rejects(
    readWith(t, 'config.json', { image_bucket_size: 5 }),
    refusal(/patch_image_size 96 makes 6 x 6 cells, .*\(image_bucket_size\) covers 5 x 5/),
  );
});

test('readModelConfig() accepts interpolate_position where it would interpolate nothing', async (t) => {
  const same = { interpolate_position: true, orig_patch_image_size: 96 };
  assert.equal((await readWith(t, 'config.json', same)).imageSide, 96);
  // 111 pixels are 6 cells and a rest, as for the published code.
  const rest = { interpolate_position: true, orig_patch_image_size: 111 };
  assert.equal((await readWith(t, 'config.json', rest)).imageSide, 96);
});

test('readModelConfig() refuses interpolate_position where it would change the result', async (t) => {
  const smaller = { interpolate_position: true, orig_patch_image_size: 95 };
  await assert.rejects(
    readWith(t, 'config.json', smaller),
    refusal(/interpolate_position is true .*supported is .*patch_image_size of at most 80/),
  );
  const off = { interpolate_position: false, orig_patch_image_size: 95 };
  assert.equal((await readWith(t, 'config.json', off)).imageSide, 96);
});

test('readModelConfig() refuses texts longer than the position table', async (t) => {
  assert.equal(
    (await readWith(t, 'configuration.json', { max_src_length: 98 })).maxSourceLength,
    98,
  );
  await assert.rejects(
    readWith(t, 'configuration.json', { max_src_length: 99 }),
    refusal(/max_src_length is 99, at most 98/),
  );
});

test('readModelConfig() takes the three answers in any order', async (t) => {
  const config = await readWithAnswers(t, { maybe: 0, yes: 1, no: 2 });
  assert.deepEqual(config.answers, { entailment: 'yes', neutral: 'maybe', contradiction: 'no' });
});

test('readModelConfig() refuses other answers, fewer and more', async (t) => {
  for (const answers of [
    { yes: 0, no: 1 },
    { yes: 0, no: 1, maybe: 2, perhaps: 3 },
    { Yes: 0, no: 1, maybe: 2 },
    { entailment: 0, neutral: 1, contradiction: 2 },
    {},
  ]) {
    await assert.rejects(readWithAnswers(t, answers), refusal(/exactly yes, maybe, no/));
  }
  await assert.rejects(readWithAnswers(t, ['yes', 'no', 'maybe']), refusal(/ans2label\.json/));
  await assert.rejects(readWithAnswers(t, { yes: 'a', no: 1, maybe: 2 }), refusal(/yes: /));
});

test('readModelConfig() reads the answers from the file that configuration.json names', async (t) => {
  const folder = await temporaryCheckpoint(t, []);
  await changeSettings(folder, 'configuration.json', { answer2label: 'other.json' });
  await assert.rejects(readModelConfig(folder), refusal(/cannot find .*other\.json/));
  await writeFile(join(folder, 'other.json'), '{"yes": 0, "no": 1, "maybe": 2}');
  assert.equal((await readModelConfig(folder)).imageSide, 96);
});

test('readModelConfig() names a missing, overlong or malformed file', async (t) => {
  for (const name of ['config.json', 'configuration.json', 'ans2label.json']) {
    const folder = await temporaryCheckpoint(t, []);
    await writeFile(join(folder, name), '{');
    await assert.rejects(readModelConfig(folder), refusal(new RegExp(`${name}: it is no JSON`)));
    await writeFile(join(folder, name), ' '.repeat(2 ** 20 + 1));
    await assert.rejects(readModelConfig(folder), refusal(/1048577 bytes, at most 1048576/));
    await rm(join(folder, name));
    await assert.rejects(readModelConfig(folder), refusal(new RegExp(`cannot find .*${name}`)));
  }
});

const shared = sharedFolder();
test('readModelConfig() reads the reference checkpoint', {
  skip: shared === null ? 'shared/ is not beside this checkout' : false,
}, async () => {
  const config = await readModelConfig(join(shared ?? '', 'reference', 'micro'));
  assert.equal(config.width, 32);
  assert.deepEqual(config.resnetBlocks, [2, 2, 2]);
  assert.equal(config.imageSide, 96);
  assert.equal(config.promptType, 'prev_output');
  assert.equal(config.maxSourceLength, 80);
});
