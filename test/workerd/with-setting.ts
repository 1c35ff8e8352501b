import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** One setting in a JSON file of a folder: `file` at its top, `section` in that, then the value. */
export interface Setting {
  readonly file: string;
  readonly section: string;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Makes a second folder that differs from the first in one setting; the other files are links.
 *
 * @param folder A checkpoint or a model; stays as it is.
 * @returns The second folder.
 */
export function withSetting(folder: string, { file, section, name, value }: Setting): string {
  const copy = temporaryFolder();
  for (const other of readdirSync(folder)) {
    if (other !== file) symlinkSync(join(folder, other), join(copy, other));
  }
  const settings = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const changed = { ...settings, [section]: { ...settings[section], [name]: value } };
  writeFileSync(join(copy, file), JSON.stringify(changed));
  return copy;
}
