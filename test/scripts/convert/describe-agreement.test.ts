import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAgreement } from '../../../scripts/convert/describe-agreement.ts';

const GOOD = { questions: 12, sameLabel: 12, scoreDifference: 0.0673, tokenError: 0.0474 };

test('describeAgreement() leaves it at the figures when int8 answers as fp32 does', () => {
  assert.deepEqual(describeAgreement(GOOD, 'BatchNorm statistics'), [
    'same label            12 of 12',
    'largest score change  0.0673',
    'image tokens          4.74 % relative error',
  ]);
});

test('describeAgreement() says what to do when a label flipped, or image tokens are lost', () => {
  for (const agreement of [
    { ...GOOD, sameLabel: 11 },
    { ...GOOD, tokenError: 0.95 },
  ]) {
    const without = describeAgreement(agreement, 'BatchNorm statistics').join('\n');
    assert.match(without, /--calibration DIR/);
    assert.match(without, /model:inspect/);
    assert.match(without, /--dtype fp32/);
    const withPictures = describeAgreement(agreement, 'pictures').join('\n');
    assert.match(withPictures, /--ranges mse/);
    assert.doesNotMatch(withPictures, /--calibration/);
  }
});
