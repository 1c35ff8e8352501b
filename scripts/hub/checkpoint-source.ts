import { DownloadError } from './download-error.ts';

/** Where a checkpoint comes from. */
export type CheckpointSource =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'modelscope' | 'hf'; readonly id: string }
  | { readonly kind: 'web'; readonly folder: URL };

const ID = /^[A-Za-z0-9_][\w.-]*\/[A-Za-z0-9_][\w.-]*$/;
/** Pages that show a repository: what people copy from their browser. */
const PAGES = [
  { page: /^https:\/\/(?:www\.)?modelscope\.cn\/models\/([^/]+\/[^/?#]+)/, kind: 'modelscope' },
  { page: /^https:\/\/huggingface\.co\/([^/]+\/[^/?#]+)\/?$/, kind: 'hf' },
] as const;

/**
 * Reads what stands behind `--from`.
 *
 * @param from `modelscope:OWNER/NAME`, `hf:OWNER/NAME`, the address of such a page, of a folder, or a path.
 * @throws {DownloadError} A prefix with something else than OWNER/NAME behind it.
 */
export function parseSource(from: string): CheckpointSource {
  for (const { page, kind } of PAGES) {
    const [, id] = page.exec(from) ?? [];
    if (id !== undefined) return { kind, id };
  }
  const [, prefix, rest = ''] = /^(modelscope|hf|https?):(.*)$/.exec(from) ?? [];
  if (prefix === undefined) return { kind: 'folder', path: from };
  if (prefix === 'modelscope' || prefix === 'hf') {
    if (ID.test(rest)) return { kind: prefix, id: rest };
    throw new DownloadError(`cannot use --from ${from}: expected ${prefix}:OWNER/NAME`);
  }
  return { kind: 'web', folder: parseFolder(from) };
}

function parseFolder(text: string): URL {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new DownloadError(
      `cannot use --from ${text}: expected https://HOST/FOLDER/, without a query and without a password`,
    );
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
