import { z } from 'zod';
import { DownloadError } from './download-error.ts';
import { fetchText } from './fetch-text.ts';
import { parseAnswer } from './parse-answer.ts';
import type { RemoteFile } from './remote-file.ts';
import type { Repository } from './repository.ts';
import type { Service } from './service.ts';

/** Where ModelScope is. */
export const MODELSCOPE_ENDPOINT = 'https://www.modelscope.cn';
/** What its own SDK calls the token. */
export const MODELSCOPE_TOKEN = 'MODELSCOPE_API_TOKEN';
const SUCCESS = 200;

const ANSWER = z.object({
  Code: z.int(),
  Message: z.string().nullish(),
  Data: z
    .object({
      Files: z.array(
        z.object({
          Path: z.string(),
          Type: z.string(),
          Size: z.int().min(0).nullish(),
          Sha256: z.string().nullish(),
          Revision: z.string().nullish(),
        }),
      ),
    })
    .nullish(),
});

/** Makes the headers that tell ModelScope who asks: older parts of it know the cookie only, newer ones the other. */
export function modelScopeHeaders(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}`, Cookie: `m_session_id=${token}` };
}

/**
 * Lists a repository of ModelScope.
 *
 * @param id `OWNER/NAME`.
 * @throws {DownloadError} It is not there, or cannot be read.
 */
export async function listModelScope(
  id: string,
  {
    endpoint,
    revision,
    service,
  }: {
    readonly endpoint: URL;
    readonly revision: string;
    readonly service: Service;
  },
): Promise<Repository> {
  const api = `${endpoint.href}api/v1/models/${id}/repo`;
  const list = new URL(`${api}/files`);
  list.searchParams.set('Revision', revision);
  list.searchParams.set('Recursive', 'true');
  const what = 'the list of files';
  const { Code, Message, Data } = await fetchText(list, { what, service }, (text) =>
    parseAnswer(text, ANSWER),
  );
  if (Code !== SUCCESS || !Data) {
    throw new DownloadError(
      `cannot download ${what} of ${service.title}: ModelScope answers with code ${Code} (${Message ?? ''})`,
    );
  }
  const files = new Map<string, RemoteFile>();
  for (const { Path: name, Type, Size: bytes, Sha256, Revision } of Data.Files) {
    if (Type !== 'blob' || name.includes('/') || typeof bytes !== 'number') continue;
    const url = new URL(api);
    url.searchParams.set('Revision', revision);
    url.searchParams.set('FilePath', name);
    const hex = Sha256?.toLowerCase() || null;
    const digest = hex === null ? null : ({ algorithm: 'sha256', hex } as const);
    const version = hex ?? Revision ?? '';
    files.set(name, { name, url, bytes, digest, version, versionHeader: null });
  }
  return { service, place: [endpoint.host, ...id.split('/')], revision, files };
}
