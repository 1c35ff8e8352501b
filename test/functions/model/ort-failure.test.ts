import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { ortFailure } from '../../../functions/model/ort-failure.ts';
import { ortModule } from './ort-wasm.ts';

const module = await ortModule();

describe('ortFailure()', () => {
  it('says what could not be done when the runtime gives no reason', () => {
    const error = ortFailure(module, 'cannot stand');
    assert.ok(error instanceof EntailError);
    assert.equal(error.code, 'runtime_dead');
    assert.match(error.message, /^the runtime cannot stand: /);
  });

  it("adds the runtime's own reason", () => {
    const UNKNOWN_LEVEL = 7;
    const options = module._OrtCreateSessionOptions(
      UNKNOWN_LEVEL,
      false,
      false,
      0,
      false,
      0,
      0,
      3,
      0,
      0,
    );
    assert.equal(options, 0);
    const error = ortFailure(module, 'cannot make options');
    assert.match(error.message, /^the runtime cannot make options: .*level/i);
  });

  it('leaves the stack as it was', () => {
    const stack = module.stackSave();
    ortFailure(module, 'cannot');
    assert.equal(module.stackSave(), stack);
  });
});
