import { DownloadError } from './download-error.ts';
import type { RemoteFile } from './remote-file.ts';
import type { Repository } from './repository.ts';

/** What the converter needs beside the weights and the answers, whose file configuration.json names. */
export const SETTINGS_FILES: readonly string[] = [
  'config.json',
  'configuration.json',
  'vocab.json',
  'merges.txt',
];
/** Names of the weights, the first that is there is taken; in parts they have an index, `NAME.index.json`. */
export const WEIGHTS_FILES: readonly string[] = ['model.safetensors', 'pytorch_model.bin'];
/** Bytes of any other JSON file: the answers have under 100, and the converter takes no larger settings. */
const MAX_SETTINGS_BYTES = 2 ** 20;
/** Of a stranger's choosing, so no name that means another folder anywhere; indexes of other weights are left out. */
const SETTINGS_NAME = /^[\w-]+\.json$/;
const PART = /-\d{5}-of-(\d{5})\.[a-z]+$/;

/**
 * Chooses from a listing what the converter needs, and nothing beside it.
 *
 * @throws {DownloadError} All that is missing.
 */
export function chooseFiles({ files, service }: Repository): RemoteFile[] {
  const missing = SETTINGS_FILES.filter((name) => !files.has(name));
  const weights = chooseWeights([...files.keys()]);
  if (weights === null) {
    missing.push(`weights (${WEIGHTS_FILES.join(' or ')}, or the parts of one and their index)`);
  } else {
    missing.push(...weights.filter((name) => !files.has(name)));
  }
  if (missing.length > 0) {
    throw new DownloadError(
      `cannot convert ${service.title}: it has no ${missing.join(', no ')}. Among its ${files.size} files: ${[...files.keys()].sort().slice(0, 20).join(', ')}`,
    );
  }
  return [...files.values()].filter(
    ({ name, bytes }) =>
      SETTINGS_FILES.includes(name) ||
      weights?.includes(name) ||
      (SETTINGS_NAME.test(name) && bytes <= MAX_SETTINGS_BYTES),
  );
}

function chooseWeights(names: readonly string[]): string[] | null {
  for (const name of WEIGHTS_FILES) {
    if (names.includes(name)) return [name];
    const index = `${name}.index.json`;
    if (names.includes(index)) return [index, ...partsOf(name, names)];
  }
  return null;
}

/** The names of all parts, those that the listing lacks too. */
function partsOf(name: string, names: readonly string[]): string[] {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = [name.slice(0, dot), name.slice(dot)];
  const counts = names.flatMap((it) => {
    const [, count] = it.startsWith(`${stem}-`) && it.endsWith(ending) ? (PART.exec(it) ?? []) : [];
    return count === undefined ? [] : [Number(count)];
  });
  const most = Math.max(1, ...counts);
  return Array.from(
    { length: most },
    (_, at) => `${stem}-${five(at + 1)}-of-${five(most)}${ending}`,
  );
}

function five(number: number): string {
  return String(number).padStart(5, '0');
}
