import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseFiles, SETTINGS_FILES } from '../../../scripts/hub/choose-files.ts';
import type { RemoteFile } from '../../../scripts/hub/remote-file.ts';
import { testService } from './test-service.ts';

const SETTINGS = [...SETTINGS_FILES, 'ans2label.json'];

function chosen(names: readonly string[], bytes = 10): string[] {
  const files = names.map((name): [string, RemoteFile] => [
    name,
    { name, url: new URL('http://host'), bytes, digest: null, version: '', versionHeader: null },
  ]);
  const repository = { service: testService(), files: new Map(files), place: [], revision: '' };
  return chooseFiles(repository).map(({ name }) => name);
}

const parts = (stem: string, count: number, ending: string) =>
  Array.from({ length: count }, (_, i) => `${stem}-0000${i + 1}-of-0000${count}.${ending}`);

describe('chooseFiles()', () => {
  it('leaves out what the converter does not read', () => {
    const rest = ['README.md', '.gitattributes', 'tf_model.h5', 'flax_model.msgpack', 'x.pt'];
    assert.deepEqual(chosen([...rest, ...SETTINGS, 'pytorch_model.bin']), [
      ...SETTINGS,
      'pytorch_model.bin',
    ]);
  });

  it('takes one kind of weights: safetensors before pickles, one file before several', () => {
    const index = 'model.safetensors.index.json';
    const kinds = [
      ['model.safetensors'],
      [index, ...parts('model', 2, 'safetensors')],
      ['pytorch_model.bin'],
      ['pytorch_model.bin.index.json', ...parts('pytorch_model', 3, 'bin')],
    ];
    for (const [at, kind] of kinds.entries()) {
      const there = [...SETTINGS, ...kinds.slice(at).flat()];
      assert.deepEqual(chosen(there), [...SETTINGS, ...kind]);
    }
  });

  it('names all that is missing in one message, parts of the weights too', () => {
    assert.throws(
      () => chosen(['config.json', 'README.md']),
      /it has no configuration\.json, no vocab\.json, no merges\.txt, no weights \(model\.safetensors or pytorch_model\.bin,.* 2 files: README\.md, config\.json/,
    );
    const [, ...rest] = parts('pytorch_model', 3, 'bin');
    assert.throws(
      () => chosen([...SETTINGS, 'pytorch_model.bin.index.json', ...rest]),
      /it has no pytorch_model-00001-of-00003\.bin\./,
    );
  });

  it('takes the answers by whatever name, but nothing large and no name that leads elsewhere', () => {
    const weights = 'pytorch_model.bin';
    const odd = ['..\\x.json', 'answers.json', '..json', 'a b.json'];
    assert.deepEqual(chosen([...SETTINGS_FILES, weights, ...odd]), [
      ...SETTINGS_FILES,
      weights,
      'answers.json',
    ]);
    const large = chosen([...SETTINGS_FILES, weights, 'answers.json'], 2 ** 21);
    assert.ok(!large.includes('answers.json'));
  });
});
