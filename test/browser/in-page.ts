/** A shard in the browser's cache: its key, and the SHA-256 of what lies there. */
type CachedShard = readonly [url: string, sha256: string];

// All of this runs in a page, so it can use nothing from around it.

/** Opens an engine that stays open until {@linkcode closeEngine}: closed at once, it would keep fewer shards. */
export async function openEngine(): Promise<void> {
  const path = '/engine/open-local-engine.js';
  const { openLocalEngine }: typeof import('../../public/engine/open-local-engine.ts') =
    await import(path);
  const engine = await openLocalEngine({ endpoint: location.origin, threads: 1 });
  addEventListener('close-engine', () => engine.close(), { once: true });
}

export function closeEngine(): void {
  dispatchEvent(new Event('close-engine'));
}

/** Whether the browser's cache holds so many shards. */
export async function cacheIsFull(shards: number): Promise<boolean> {
  const cache = await caches.open('edge-entail-shards');
  return (await cache.keys()).length === shards;
}

/** What the browser's cache holds. */
export async function cachedShards(): Promise<CachedShard[]> {
  const cache = await caches.open('edge-entail-shards');
  return Promise.all(
    (await cache.keys()).map(async (request) => {
      const bytes = await (await cache.match(request))?.arrayBuffer();
      const digest = await crypto.subtle.digest('SHA-256', bytes ?? new ArrayBuffer());
      const hex = Array.from(new Uint8Array(digest), (it) => it.toString(16).padStart(2, '0'));
      return [request.url, hex.join('')] as const;
    }),
  );
}

/** Spoils one shard of the cache and adds one of another model. */
export async function spoilShard(): Promise<void> {
  const cache = await caches.open('edge-entail-shards');
  const [request] = await cache.keys();
  if (request === undefined) throw new Error('the cache is empty');
  const bytes = new Uint8Array((await (await cache.match(request))?.arrayBuffer()) ?? []);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await cache.put(request.url, new Response(bytes));
  await cache.put(request.url.replace(/[^/]*$/, 'other.bin'), new Response('other'));
}

/** Whether the cache holds just these shards. */
export async function cacheHolds(expected: readonly CachedShard[]): Promise<boolean> {
  const cache = await caches.open('edge-entail-shards');
  const keys = await cache.keys();
  if (keys.length !== expected.length) return false;
  for (const [url, sha256] of expected) {
    const bytes = await (await cache.match(url))?.arrayBuffer();
    const digest = await crypto.subtle.digest('SHA-256', bytes ?? new ArrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (it) => it.toString(16).padStart(2, '0'));
    if (hex.join('') !== sha256) return false;
  }
  return true;
}

/** Stops in the ways that there are, and tells what came of each. */
export async function interrupt(image: string) {
  const path = '/engine/open-local-engine.js';
  const { openLocalEngine }: typeof import('../../public/engine/open-local-engine.ts') =
    await import(path);
  const opening = new AbortController();
  const given = await openLocalEngine({
    endpoint: location.origin,
    threads: 2,
    signal: opening.signal,
    onProgress: () => opening.abort('not that much'),
  }).then(
    () => null,
    (reason: unknown) => reason,
  );
  const engine = await openLocalEngine({ endpoint: location.origin, threads: 2 });
  const bytes = Uint8Array.from(atob(image), (character) => character.charCodeAt(0));
  const hypotheses = Array.from({ length: 30 }, (_, i) => `there are ${i} birds.`);
  let read = 0;
  for await (const _ of engine.entailStream({ image: bytes, hypotheses })) {
    read += 1;
    break;
  }
  const controller = new AbortController();
  let sentences = 0;
  let aborted: unknown = null;
  try {
    const { signal } = controller;
    for await (const _ of engine.entailStream({ image: bytes, hypotheses, signal })) {
      sentences += 1;
      controller.abort('enough');
    }
  } catch (reason) {
    aborted = reason;
  }
  const next = engine.entailStream({ image: bytes, hypotheses }).next();
  engine.close();
  const closed = await next.then(
    () => null,
    (error: unknown) => Object(error).code,
  );
  return { given, read, aborted, sentences, closed };
}
