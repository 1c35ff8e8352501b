import { createHash } from 'node:crypto';

/** The files of a repository by name. */
export type HubFiles = ReadonlyMap<string, Uint8Array>;

/** Larger files are kept outside git, as both services do. */
export const LARGE_BYTES = 100_000;
/** The commit that the stand-in's one branch is at. */
export const COMMIT = '2e50b77b0eee3083842019e257b74854323d880a';

/** What ModelScope answers to `repo/files`; field by field as it was seen in public. */
export function modelScopeListing(files: HubFiles): unknown {
  const listed = [...files].map(([name, bytes]) => ({
    CommitMessage: 'upload',
    CommittedDate: 1_726_665_606,
    CommitterName: 'someone',
    InCheck: false,
    IsLFS: bytes.length > LARGE_BYTES,
    Mode: '33188',
    Name: name,
    Path: name,
    Revision: COMMIT,
    Sha256: sha256(bytes),
    Size: bytes.length,
    Type: 'blob',
  }));
  const folder = { Name: 'assets', Path: 'assets', Revision: COMMIT, Sha256: '', Size: 0 };
  return {
    Code: 200,
    Data: {
      Files: [{ ...folder, Type: 'tree' }, { ...listed[0], Path: 'assets/config.json' }, ...listed],
      IsVisual: false,
      LatestCommitter: { Name: 'someone' },
    },
    Message: 'success',
    RequestId: 'stand-in',
    Success: true,
  };
}

/** What Hugging Face answers to `api/models/ID/revision/NAME?blobs=true`. */
export function huggingFaceListing(files: HubFiles): unknown {
  return {
    id: 'someone/something',
    sha: COMMIT,
    siblings: [...files].map(([rfilename, bytes]) => ({
      rfilename,
      size: bytes.length,
      blobId: createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
      ...(bytes.length > LARGE_BYTES
        ? { lfs: { sha256: sha256(bytes), size: bytes.length, pointerSize: 134 } }
        : {}),
    })),
  };
}

/** What `sha256sum *` writes. */
export function sumsFile(files: HubFiles): string {
  return [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('');
}

const digests = new WeakMap<Uint8Array, string>();

/** In hexadecimal; kept, as files of 200 MB are listed again and again. */
export function sha256(bytes: Uint8Array): string {
  const digest = digests.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  digests.set(bytes, digest);
  return digest;
}
