import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lyingBar, standingBars } from '../../../scripts/inspect/bars.ts';

describe('lyingBar()', () => {
  it('is as long as its share, to an eighth of a character', () => {
    assert.equal(lyingBar(1, 4), '████');
    assert.equal(lyingBar(0.5, 4), '██');
    assert.equal(lyingBar(1 / 32, 4), '▏');
    assert.equal(lyingBar(0, 4), '');
    assert.equal(lyingBar(2, 4), '████');
  });
});

describe('standingBars()', () => {
  it('has a character a bar: nothing for nothing, something for the smallest tail', () => {
    assert.equal(standingBars([0, 1e-6, 0.25, 1]), ' ▁▄█');
  });
});
