import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MAX_POINTER_BYTES } from '../../../functions/model/pointer-schema.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import {
  type BucketPointer,
  type BucketVersion,
  MAX_VERSIONS,
  parsePointer,
  serialisePointer,
} from '../../../scripts/rollout/bucket-pointer.ts';
import { switchPointer } from '../../../scripts/rollout/switch-pointer.ts';

function version(index: number, name = 'some-model'): BucketVersion {
  return {
    revision: `sha256:${`${index}`.padStart(64, '0')}`,
    name,
    dtype: 'int8',
    bytes: 34_000_000,
    pushed_at: new Date(index).toISOString(),
    left_at: null,
  };
}

function pointerOf(count: number, name?: string): BucketPointer {
  let pointer: BucketPointer | null = null;
  for (let index = 1; index <= count; index += 1) {
    pointer = switchPointer(pointer, version(index, name), new Date(index));
  }
  return pointer ?? assert.fail('no versions');
}

describe('serialisePointer()', () => {
  it('is read back as it was', () => {
    const pointer = pointerOf(3);
    assert.deepEqual(parsePointer(serialisePointer(pointer)), pointer);
  });

  it('has the fields that the format page describes', () => {
    const page = readFileSync(join(defaultModelFolder, 'README.md'), 'utf8');
    const [, example = ''] =
      page.slice(page.indexOf('## Pointer')).match(/```json\n([^`]*)```/) ?? [];
    const [described, written] = [example, new TextDecoder().decode(serialisePointer(pointerOf(2)))]
      .map((text) => JSON.parse(text))
      .map(({ versions, ...rest }) => [Object.keys(rest), ...versions.map(Object.keys)]);
    assert.deepEqual(written, described);
  });

  it('fits what a Worker reads, however the versions are called', () => {
    const bytes = serialisePointer(pointerOf(MAX_VERSIONS, '\u0001'.repeat(128)));
    assert.ok(bytes.length < MAX_POINTER_BYTES, `${bytes.length} bytes`);
  });

  it('refuses one version too many, and says how to make room', () => {
    assert.throws(() => serialisePointer(pointerOf(MAX_VERSIONS + 1)), /at most 32.*model:prune/);
  });
});

describe('parsePointer()', () => {
  it('refuses what is not a pointer, and one that does not list what it names', () => {
    const pointer = pointerOf(2);
    const text = new TextDecoder().decode(serialisePointer(pointer));
    for (const wrong of [
      '',
      '[]',
      text.replace('pointer', 'model'),
      text.replace('"version": 1', '"version": 2'),
    ]) {
      assert.throws(() => parsePointer(new TextEncoder().encode(wrong)), /cannot read the pointer/);
    }
    const [one = assert.fail()] = pointer.versions;
    assert.throws(
      () => parsePointer(serialisePointer({ ...pointer, versions: [one] })),
      /does not list sha256:0+2/,
    );
  });
});

describe('switchPointer()', () => {
  it('leaves a version that is current as it is', () => {
    const pointer = pointerOf(2);
    assert.equal(switchPointer(pointer, version(2), new Date(9)), pointer);
  });

  it('takes a known version back with the time it was pushed, and forgets that it had left', () => {
    const { revision, previous, versions } = switchPointer(pointerOf(2), version(1), new Date(9));
    assert.deepEqual([revision, previous], [version(1).revision, version(2).revision]);
    assert.deepEqual(versions, [{ ...version(2), left_at: new Date(9).toISOString() }, version(1)]);
  });
});
