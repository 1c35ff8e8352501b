import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findApiKey, readApiKeys } from '../../../../functions/http/access/api-keys.ts';
import { sha256Hex } from '../../../../functions/lib/sha256-hex.ts';
import { makeApiKey } from '../../../../scripts/lib/make-api-key.ts';

const hash = (key: string) => sha256Hex(new TextEncoder().encode(key));

describe('readApiKeys()', () => {
  it('takes hashes and named hashes, with commas, spaces and lines between', async () => {
    const [a, b, c] = [await hash('a'), await hash('b'), await hash('c')];
    const expected = [
      { name: 'alice', hash: a },
      { name: b.slice(0, 8), hash: b },
      { name: 'team_2.new-key', hash: c },
    ];
    for (const secret of [
      `alice:${a},${b},team_2.new-key:${c}`,
      `\nalice:${a}\r\n${b.toUpperCase()}\n\nteam_2.new-key:${c}\n`,
      ` alice:${a} , ${b} ,, team_2.new-key:${c} ,`,
    ]) {
      assert.deepEqual(readApiKeys(secret), expected);
    }
  });

  it('refuses whatever else, and quotes nothing of it', async () => {
    const good = await hash('a');
    for (const wrong of [
      'ee_plain-key',
      good.slice(1),
      `${good}0`,
      `:${good}`,
      `a:b:${good}`,
      `a: ${good}`,
      `${'n'.repeat(41)}:${good}`,
      `na/me:${good}`,
      `name=${good}`,
      good.replace(/./, 'g'),
    ]) {
      assert.throws(
        () => readApiKeys(`${good},${wrong}`),
        ({ code, message }) => {
          assert.equal(code, 'internal');
          assert.match(message, /API_KEYS is malformed, entry 2 of [23] is neither/);
          assert.ok(!message.includes(wrong) && !message.includes(good));
          return true;
        },
        wrong,
      );
    }
    for (const empty of ['', ' ', ',', '\n,\n']) {
      assert.throws(() => readApiKeys(empty), { code: 'internal', message: /it is empty/ });
    }
  });

  it('gives at least one key or throws, whatever the secret says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (secret) => {
        assert.throws(() => readApiKeys(secret), { code: 'internal' });
      }),
    );
  });
});

describe('findApiKey()', () => {
  it('finds each of several keys, and no other', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((name) => makeApiKey(name)));
    const keys = readApiKeys(made.map(({ entry }) => entry).join());
    for (const { key, entry } of made) {
      assert.equal((await findApiKey(keys, key))?.name, entry.split(':', 1)[0]);
      for (const wrong of ['', key.slice(1), `${key}x`, key.toLowerCase(), entry, entry.slice(2)]) {
        assert.equal(await findApiKey(keys, wrong), null, wrong);
      }
    }
  });

  it('tells hashes apart that differ in one digit, wherever it is', async () => {
    const digits = await hash('key');
    for (let at = 0; at < digits.length; at++) {
      const other = digits[at] === '0' ? '1' : '0';
      const near = digits.slice(0, at) + other + digits.slice(at + 1);
      assert.equal(await findApiKey(readApiKeys(near), 'key'), null);
    }
    assert.notEqual(await findApiKey(readApiKeys(digits), 'key'), null);
  });
});
