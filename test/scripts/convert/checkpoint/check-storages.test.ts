import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStorages } from '../../../../scripts/convert/checkpoint/check-storages.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import type { TorchDtype } from '../../../../scripts/convert/checkpoint/torch-dtype.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

/** One tensor over a storage of so many bytes. */
function check(
  bytes: number | null,
  layout: { shape: number[]; strides: number[]; offset?: number; dtype?: TorchDtype },
): void {
  const storage = new StorageReference('9', layout.dtype ?? 'float32');
  const tensor = new TensorReference(storage, layout.offset ?? 0, layout);
  checkStorages(new Map([['the.key', tensor]]), { storageBytes: () => bytes });
}

function refused(run: () => void, message: RegExp): void {
  assert.throws(
    run,
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

test('checkStorages() accepts a tensor that ends with its storage, and no byte less', () => {
  check(24, { shape: [2, 3], strides: [3, 1] });
  refused(
    () => check(20, { shape: [2, 3], strides: [3, 1] }),
    /the\.key: it needs 24 bytes \(float32\) of its storage data\/9, which has 20/,
  );
});

test('checkStorages() counts the offset and the strides', () => {
  check(16, { shape: [3], strides: [1], offset: 1 });
  refused(() => check(12, { shape: [3], strides: [1], offset: 1 }), /needs 16 bytes/);
  check(20, { shape: [3], strides: [2] });
  refused(() => check(16, { shape: [3], strides: [2] }), /needs 20 bytes/);
});

test('checkStorages() counts bytes by format', () => {
  check(6, { shape: [3], strides: [1], dtype: 'bfloat16' });
  refused(() => check(6, { shape: [3], strides: [1], dtype: 'int64' }), /needs 24 bytes \(int64\)/);
});

test('checkStorages() survives strides and sides at their caps', () => {
  refused(
    () => check(2 ** 30, { shape: [2 ** 14, 2 ** 14], strides: [2 ** 30, 2 ** 30] }),
    /needs \d+/,
  );
});

test('checkStorages() refuses a storage that is not there', () => {
  refused(() => check(null, { shape: [1], strides: [1] }), /data\/9 is not in the file/);
});

test('checkStorages() refuses a storage that ends inside a number', () => {
  refused(() => check(9, { shape: [2], strides: [1] }), /which has 9/);
});
