import assert from 'node:assert/strict';
import test from 'node:test';
import { readHeader } from '../../../functions/image/read-header.ts';
import { unlike } from '../../../scripts/soak/unlike.ts';
import { imageFixture } from '../../functions/image/fixture.ts';
import { copying, nodeCodecs } from '../../lib/codecs.ts';

test('unlike() makes another file of the same picture', async () => {
  const jpeg = imageFixture('baseline-420.jpg');
  const [one, other] = [unlike(jpeg, 1), unlike(jpeg, 256)];
  assert.notDeepEqual(one, other);
  const decode = copying((await nodeCodecs()).jpeg);
  const expected = await decode(readHeader(jpeg).picture);
  assert.deepEqual(await decode(readHeader(one).picture), expected);
  assert.deepEqual(await decode(readHeader(other).picture), expected);
});
