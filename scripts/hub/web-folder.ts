import { basename } from 'node:path';
import { z } from 'zod';
import { forEachBounded } from '../../functions/lib/for-each-bounded.ts';
import { SETTINGS_FILES, WEIGHTS_FILES } from './choose-files.ts';
import { DownloadError } from './download-error.ts';
import { fetchText } from './fetch-text.ts';
import { openUrl } from './open-url.ts';
import { parseAnswer } from './parse-answer.ts';
import { Patience } from './patience.ts';
import type { RemoteFile } from './remote-file.ts';
import type { Repository } from './repository.ts';
import { requireSuccess } from './require-success.ts';
import type { Service } from './service.ts';

/** What `sha256sum * > SHA256SUMS` writes; the one way such a folder can vouch for its files. */
const SUMS_FILE = 'SHA256SUMS';
/** Statuses of what is not there; some stores answer 403 to whom they do not let list. */
const ABSENT_STATUS: readonly number[] = [403, 404, 410];
const REQUESTS_AT_A_TIME = 4;
const INDEX = z.object({ weight_map: z.record(z.string(), z.string().regex(/^[\w.-]+$/)) });

/**
 * Finds out what lies in a folder of a web server. It need not list anything: the names are known.
 *
 * @param folder Ends with a slash.
 * @throws {DownloadError} It has no config.json, or cannot be read.
 */
export async function listWebFolder(folder: URL, service: Service): Promise<Repository> {
  const files = new Map<string, RemoteFile>();
  const probe = (names: readonly string[]) =>
    forEachBounded(names, REQUESTS_AT_A_TIME, async (name) => {
      const file = await probeFile(new URL(name, folder), service);
      if (file !== null) files.set(name, file);
    });
  const indexes = WEIGHTS_FILES.map((name) => `${name}.index.json`);
  await probe([...SETTINGS_FILES, 'ans2label.json', ...WEIGHTS_FILES, ...indexes, SUMS_FILE]);
  if (!WEIGHTS_FILES.some((name) => files.has(name))) {
    for (const name of indexes.filter((it) => files.has(it))) {
      const { weight_map } = await fetchText(
        new URL(name, folder),
        { what: name, service },
        (text) => parseAnswer(text, INDEX),
      );
      await probe([...new Set(Object.values(weight_map))]);
    }
  }
  if (files.has(SUMS_FILE)) await addDigests(files, new URL(SUMS_FILE, folder), service);
  return { service, place: [folder.host, folder.pathname], revision: '', files };
}

async function probeFile(url: URL, service: Service): Promise<RemoteFile | null> {
  const name = basename(url.pathname);
  const patience = new Patience(name, service);
  for (;;) {
    try {
      const request = { method: 'HEAD', headers: service.headers } as const;
      const answer = await openUrl(url, request, service);
      await answer.discard();
      // Without config.json there is no checkpoint: whoever answers 403 to it lets nobody in.
      if (name !== 'config.json' && ABSENT_STATUS.includes(answer.status)) return null;
      await requireSuccess(answer, name, service);
      return describe(url, answer.headers);
    } catch (error) {
      await patience.afterFailure(error);
    }
  }
}

function describe(url: URL, headers: Headers): RemoteFile {
  const name = basename(url.pathname);
  const length = headers.get('Content-Length');
  const versionHeader = headers.has('ETag') ? 'ETag' : 'Last-Modified';
  const version = headers.get(versionHeader);
  if (length === null || version === null) {
    throw new DownloadError(
      `cannot download ${url.href}: the server gives no ${length === null ? 'Content-Length' : 'ETag and no Last-Modified'}, without which a file can be neither checked nor continued. Download it by other means and convert with --from FOLDER`,
    );
  }
  return { name, url, bytes: Number(length), digest: null, version, versionHeader };
}

/** Once there are sums, a file without one would be the one that nothing vouches for. */
async function addDigests(
  files: Map<string, RemoteFile>,
  url: URL,
  service: Service,
): Promise<void> {
  const text = await fetchText(url, { what: SUMS_FILE, service }, (it) => it);
  const sums = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, hex, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (name !== undefined && hex !== undefined) sums.set(name, hex);
  }
  for (const [name, file] of files) {
    if (name === SUMS_FILE) continue;
    const hex = sums.get(name);
    if (hex === undefined) {
      throw new DownloadError(
        `cannot download ${name} of ${service.title}: ${SUMS_FILE} there has no line for it; write it anew with sha256sum`,
      );
    }
    files.set(name, { ...file, digest: { algorithm: 'sha256', hex } });
  }
}
