import type { CheckpointSource } from './checkpoint-source.ts';
import { DownloadError } from './download-error.ts';
import {
  HUGGING_FACE_ENDPOINT,
  HUGGING_FACE_TOKEN,
  huggingFaceHeaders,
  listHuggingFace,
} from './hugging-face.ts';
import {
  listModelScope,
  MODELSCOPE_ENDPOINT,
  MODELSCOPE_TOKEN,
  modelScopeHeaders,
} from './modelscope.ts';
import type { Repository } from './repository.ts';
import type { TransferSettings } from './transfer-settings.ts';
import { listWebFolder } from './web-folder.ts';

/** What a person may say beside where the checkpoint is. */
export interface RepositoryOptions {
  /** A branch, a tag or a commit; undefined: the service's main branch. */
  readonly revision: string | undefined;
  /** Another host with the service's paths, a mirror; undefined: the service itself. */
  readonly endpoint: string | undefined;
}

const SERVICES = {
  modelscope: {
    endpoint: MODELSCOPE_ENDPOINT,
    revision: 'master',
    tokenVariable: MODELSCOPE_TOKEN,
    headers: modelScopeHeaders,
    list: listModelScope,
  },
  hf: {
    endpoint: HUGGING_FACE_ENDPOINT,
    revision: 'main',
    tokenVariable: HUGGING_FACE_TOKEN,
    headers: huggingFaceHeaders,
    list: listHuggingFace,
  },
} as const;
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Lists the files of a checkpoint that is not on this machine, as the person whose token the environment holds.
 *
 * @throws {DownloadError} It cannot be listed, or an option does not go with it.
 */
export async function openRepository(
  source: Exclude<CheckpointSource, { kind: 'folder' }>,
  { revision, endpoint }: RepositoryOptions,
  settings: TransferSettings,
): Promise<Repository> {
  if (source.kind === 'web') {
    refuseOptions({ revision, endpoint });
    const service = { ...settings, title: source.folder.href, headers: {}, tokenVariable: null };
    return listWebFolder(source.folder, service);
  }
  const { tokenVariable, ...known } = SERVICES[source.kind];
  const place = parseEndpoint(endpoint ?? known.endpoint);
  const state = revision ?? known.revision;
  const title = `${source.kind}:${source.id}, revision ${state}`;
  const headers = tokenHeaders(place, tokenVariable, known.headers);
  const service = { ...settings, title, headers, tokenVariable };
  return known.list(source.id, { endpoint: place, revision: state, service });
}

/**
 * Refuses options where there is no service that they could be for.
 *
 * @throws {DownloadError} One is given.
 */
export function refuseOptions({ revision, endpoint }: RepositoryOptions): void {
  if (revision === undefined && endpoint === undefined) return;
  throw new DownloadError(
    'cannot use --revision or --endpoint here: they go with modelscope:OWNER/NAME and hf:OWNER/NAME',
  );
}

function parseEndpoint(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new DownloadError(`cannot use --endpoint ${text}: expected https://HOST`);
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function tokenHeaders(
  { protocol, hostname }: URL,
  variable: string,
  make: (token: string) => Record<string, string>,
): Record<string, string> {
  const token = process.env[variable]?.trim() ?? '';
  if (token === '') return {};
  if (protocol !== 'https:' && !LOOPBACK.includes(hostname)) {
    throw new DownloadError(
      `cannot send the token of ${variable} over ${protocol}//: take an https endpoint or unset the variable`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new DownloadError(
      `cannot use the token in ${variable}: it holds white space or other odd characters`,
    );
  }
  return make(token);
}
