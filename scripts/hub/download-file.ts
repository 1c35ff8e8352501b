import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findFault, sizeOf } from './check-file.ts';
import { diskFull } from './disk-space.ts';
import { DownloadError } from './download-error.ts';
import { type OpenAnswer, openUrl } from './open-url.ts';
import { Patience } from './patience.ts';
import type { RemoteFile } from './remote-file.ts';
import { requireSuccess } from './require-success.ts';
import type { Service } from './service.ts';
import { TransientError } from './transient-error.ts';

const RANGE_NOT_SATISFIABLE = 416;
/** Whole downloads that may turn out to be other bytes: one, as what lay there from before may have been damaged. */
const MAX_FAULTY_FILES = 1;

/**
 * Brings a file into a folder, unless it is there: what an earlier attempt left is continued, and the file takes its
 * name when length and digest are those listed.
 *
 * @param onBytes Bytes of the file that are there.
 * @throws {DownloadError} It cannot be had; what arrived stays for the next time.
 */
export async function downloadFile(
  file: RemoteFile,
  {
    service,
    folder,
    onBytes,
  }: {
    readonly service: Service;
    readonly folder: string;
    readonly onBytes: (bytes: number) => void;
  },
): Promise<void> {
  const path = join(folder, file.name);
  if ((await sizeOf(path)) > 0 && (await findFault(path, file)) === null) {
    onBytes(file.bytes);
    return;
  }
  const partial = `${path}.partial`;
  const patience = new Patience(file.name, service);
  let most = await sizeOf(partial);
  for (let faulty = 0; ; ) {
    try {
      await fetchRest(file, { service, partial, onBytes });
      const fault = await findFault(partial, file);
      if (fault === null) break;
      await rm(partial);
      faulty += 1;
      if (faulty > MAX_FAULTY_FILES) {
        throw new DownloadError(
          `cannot download ${file.name} of ${service.title}: ${fault}. The service changed it meanwhile, or something between changes it: try again later`,
        );
      }
      throw new TransientError(fault);
    } catch (error) {
      const size = await sizeOf(partial);
      if (size > most) patience.progressed();
      most = Math.max(most, size);
      await patience.afterFailure(error);
    }
  }
  await rename(partial, path);
}

/** Requests what is missing of a file, and appends it. */
async function fetchRest(
  file: RemoteFile,
  {
    service,
    partial,
    onBytes,
  }: {
    readonly service: Service;
    readonly partial: string;
    readonly onBytes: (bytes: number) => void;
  },
): Promise<void> {
  const handle = await open(partial, 'a').catch((error: unknown) => diskFull(error, partial));
  try {
    const have = (await handle.stat()).size;
    onBytes(have);
    if (have >= file.bytes) return;
    const range = have > 0 ? { Range: `bytes=${have}-` } : {};
    const answer = await openUrl(file.url, { headers: { ...service.headers, ...range } }, service);
    if (answer.status === RANGE_NOT_SATISFIABLE) {
      await answer.discard();
      await handle.truncate(0);
      throw new TransientError(`the service has no byte ${have}, ${file.bytes} are listed`);
    }
    await requireSuccess(answer, file.name, service);
    let at = await startOf(answer, file, have);
    for await (const chunk of answer.chunks()) {
      if (at + chunk.length > file.bytes) {
        throw new TransientError(`more than the ${file.bytes} bytes listed arrived`);
      }
      // From a server that knows no ranges comes again what is here already.
      const fresh = chunk.subarray(Math.max(0, have - at));
      await handle.appendFile(fresh).catch((error: unknown) => diskFull(error, partial));
      at += chunk.length;
      onBytes(Math.max(at, have));
    }
    if (at < file.bytes) throw new TransientError(`only ${at} of ${file.bytes} bytes arrived`);
  } finally {
    await handle.close();
  }
}

/**
 * Where in the file an answer begins. Its status does not tell: ModelScope answers 200 to a range that it honours, and
 * other servers answer 200 with the whole file because they know no ranges. Content-Range does.
 */
async function startOf(answer: OpenAnswer, file: RemoteFile, have: number): Promise<number> {
  const { status, headers } = answer;
  const refuse = async (why: string): Promise<never> => {
    await answer.discard();
    throw new TransientError(why);
  };
  const range = headers.get('Content-Range');
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range ?? '') ?? [];
  if (range === null ? status === 206 : first === undefined) {
    return refuse(`the service answers ${status} with Content-Range ${range}`);
  }
  const start = Number(first ?? 0);
  if (start !== 0 && start !== have) {
    return refuse(`bytes from ${start} on arrived instead of those from ${have} on`);
  }
  const length = headers.has('Content-Encoding') ? null : headers.get('Content-Length');
  const whole = total ?? (length === null ? '*' : String(Number(length)));
  if (whole !== '*' && whole !== String(file.bytes)) {
    return refuse(`the service has ${whole} bytes, ${file.bytes} are listed`);
  }
  const { version, versionHeader } = file;
  if (versionHeader !== null && headers.get(versionHeader) !== version) {
    return refuse(`its ${versionHeader} changed`);
  }
  return start;
}
