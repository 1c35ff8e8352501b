import { z } from 'zod';
import { fetchText } from './fetch-text.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Digest, RemoteFile } from './remote-file.ts';
import type { Repository } from './repository.ts';
import type { Service } from './service.ts';

/** Where Hugging Face is. */
export const HUGGING_FACE_ENDPOINT = 'https://huggingface.co';
/** What its own libraries call the token. */
export const HUGGING_FACE_TOKEN = 'HF_TOKEN';

const ANSWER = z.object({
  /** The commit that the revision is at. */
  sha: z.string(),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.int().min(0).nullish(),
      blobId: z.string().nullish(),
      lfs: z.object({ sha256: z.string(), size: z.int().min(0) }).nullish(),
    }),
  ),
});

/** Makes the headers that tell Hugging Face who asks. */
export function huggingFaceHeaders(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/**
 * Lists a repository of Hugging Face, at the commit that the revision is at now.
 *
 * @param id `OWNER/NAME`.
 * @throws {DownloadError} It is not there, or cannot be read.
 */
export async function listHuggingFace(
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
  const api = `${endpoint.href}api/models/${id}/revision/${encodeURIComponent(revision)}`;
  const list = new URL(`${api}?blobs=true`);
  const { sha, siblings } = await fetchText(list, { what: 'the list of files', service }, (text) =>
    parseAnswer(text, ANSWER),
  );
  const files = new Map<string, RemoteFile>();
  for (const { rfilename: name, size, blobId, lfs } of siblings) {
    const bytes = lfs?.size ?? size;
    if (name.includes('/') || typeof bytes !== 'number') continue;
    const url = new URL(`${endpoint.href}${id}/resolve/${sha}/${encodeURIComponent(name)}`);
    const digest = digestOf(lfs?.sha256, blobId);
    const version = digest?.hex ?? sha;
    files.set(name, { name, url, bytes, digest, version, versionHeader: null });
  }
  return { service, place: [endpoint.host, ...id.split('/')], revision: sha, files };
}

/** Large files are known by their SHA-256, those that git itself keeps by git's name for their content. */
function digestOf(sha256: string | undefined, blobId: string | null | undefined): Digest | null {
  if (sha256 !== undefined) return { algorithm: 'sha256', hex: sha256 };
  return typeof blobId === 'string' ? { algorithm: 'git-sha1', hex: blobId } : null;
}
