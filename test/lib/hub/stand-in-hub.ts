import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { join } from 'node:path';
import type { HubFault, HubSchedule } from './hub-fault.ts';
import {
  type HubFiles,
  huggingFaceListing,
  LARGE_BYTES,
  modelScopeListing,
  sha256,
  sumsFile,
} from './hub-listing.ts';
import { sendBytes } from './send-bytes.ts';

/** What the stand-in serves, and how it misbehaves. */
export interface StandInHubOptions {
  readonly files: HubFiles;
  /** Without one all goes well. */
  readonly schedule?: HubSchedule;
  /** Needed to get anything but 401. */
  readonly token?: string;
  /** Of file bodies. */
  readonly bytesPerSecond?: number;
  /** Changes what the lists say: of ModelScope and Hugging Face as JSON, of the folder as text. */
  readonly editList?: (text: string) => string;
  /** Serves SHA256SUMS in the folder. */
  readonly sums?: boolean;
}

/** One request as it came. */
export interface HubRequest {
  readonly origin: 'hub' | 'storage';
  readonly name: string;
  readonly range: string | undefined;
  /** What came with it of a token. */
  readonly secret: string | undefined;
}

/** A hub on this machine that behaves like ModelScope, Hugging Face and a plain folder at once. */
export interface StandInHub {
  /** Without a slash at the end; the folder is at `/folder/`. */
  readonly url: string;
  readonly requests: readonly HubRequest[];
  close(): Promise<void>;
}

/** The files of a folder, to serve. */
export function readHubFiles(folder: string): HubFiles {
  const names = readdirSync(folder);
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Starts a stand-in on two free ports of this machine: the hub, and the storage that it sends large files from. */
export async function startStandInHub(options: StandInHubOptions): Promise<StandInHub> {
  const {
    files,
    token,
    bytesPerSecond = Number.POSITIVE_INFINITY,
    schedule = () => null,
  } = options;
  const requests: HubRequest[] = [];
  const storage = await listen((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '', 'http://storage').pathname.slice(1));
    note('storage', request, name);
    // Whatever goes wrong was decided where the way here began.
    const fault = redirected.get(name) ?? null;
    redirected.delete(name);
    return send(request, response, { name, fault, rangeStatus: 206 });
  });
  const redirected = new Map<string, HubFault>();
  const hub = await listen((request, response) => {
    const url = new URL(request.url ?? '', 'http://hub');
    const asked = findFile(url);
    note('hub', request, asked?.name ?? '');
    if (asked === null) return refuse(response, 404, 'no such path');
    if (token !== undefined && !request.headers.authorization?.endsWith(` ${token}`)) {
      if (asked.service === 'hf') response.setHeader('X-Error-Message', 'Who are you?');
      return refuse(response, 401, 'who are you?');
    }
    const fault = schedule(requests.length - 1, asked.name);
    const large = (files.get(asked.name)?.length ?? 0) > LARGE_BYTES;
    if (fault?.kind === 'redirect' || (asked.service === 'hf' && large)) {
      if (fault !== null && fault.kind !== 'redirect') redirected.set(asked.name, fault);
      const place = `${storage.url}/${encodeURIComponent(asked.name)}?signature=1`;
      return response.writeHead(302, { Location: place }).end();
    }
    const rangeStatus = asked.service === 'modelscope' ? 200 : 206;
    return send(request, response, { name: asked.name, fault, rangeStatus });
  });
  const lists: Readonly<Record<string, () => string>> = {
    modelscope: () => JSON.stringify(modelScopeListing(files)),
    hf: () => JSON.stringify(huggingFaceListing(files)),
    SHA256SUMS: () => sumsFile(files),
  };

  function note(origin: HubRequest['origin'], { headers }: IncomingMessage, name: string): void {
    const secret = headers.authorization ?? headers.cookie;
    requests.push({ origin, name, range: headers.range, secret });
  }

  function send(
    request: IncomingMessage,
    response: ServerResponse,
    what: { name: string; fault: HubFault | null; rangeStatus: 200 | 206 },
  ): unknown {
    const { name } = what;
    const list = lists[name]?.();
    const edited = list === undefined ? undefined : (options.editList ?? ((it) => it))(list);
    const bytes = files.get(name) ?? (edited === undefined ? undefined : Buffer.from(edited));
    if (bytes === undefined || (name === 'SHA256SUMS' && options.sums !== true)) {
      return refuse(response, 404, `no ${name} here`);
    }
    const headers = { ETag: `"${sha256(bytes).slice(0, 16)}"` };
    return sendBytes(request, response, { ...what, bytes, headers, bytesPerSecond });
  }

  return {
    url: hub.url,
    requests,
    async close() {
      await Promise.all([hub.close(), storage.close()]);
    },
  };
}

type Service = 'modelscope' | 'hf' | 'folder';

/** What a path stands for: a file, or the list of a service, which goes by the service's name. */
function findFile({ pathname, searchParams }: URL): { service: Service; name: string } | null {
  if (/^\/api\/v1\/models\/[^/]+\/[^/]+\/repo\/files$/.test(pathname)) {
    return { service: 'modelscope', name: 'modelscope' };
  }
  if (/^\/api\/v1\/models\/[^/]+\/[^/]+\/repo$/.test(pathname)) {
    return { service: 'modelscope', name: searchParams.get('FilePath') ?? '' };
  }
  if (/^\/api\/models\/[^/]+\/[^/]+\/revision\/[^/]+$/.test(pathname)) {
    return { service: 'hf', name: 'hf' };
  }
  const [, resolved] = /^\/[^/]+\/[^/]+\/resolve\/[^/]+\/([^/]+)$/.exec(pathname) ?? [];
  if (resolved !== undefined) return { service: 'hf', name: decodeURIComponent(resolved) };
  const [, name] = /^\/folder\/([^/]+)$/.exec(pathname) ?? [];
  return name === undefined ? null : { service: 'folder', name: decodeURIComponent(name) };
}

function refuse(response: ServerResponse, status: number, Message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ Code: 10_010_205_001, Message, Success: false }));
}

async function listen(answer: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
