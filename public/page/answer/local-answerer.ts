import type { LocalEngine } from '../../engine/open-local-engine.ts';
import { storedKey } from '../access/key-store.ts';
import { byId } from '../dom/by-id.ts';
import { make } from '../dom/make.ts';
import type { Answerer } from './answerer.ts';

/** Threads help where cores are idle; more than four share out too little work each (docs/in-browser.md). */
const THREADS = Math.max(1, Math.min(4, Math.floor(navigator.hardwareConcurrency / 2)));

/**
 * Makes the way to the engine in this browser. It is fetched when it is first wanted, and kept.
 *
 * @returns Opens it, and says how far that is.
 */
export function createLocalAnswerer(): () => Promise<Answerer> {
  const panel = byId('local-panel', HTMLElement);
  let engine: LocalEngine | null = null;

  return async function open() {
    panel.hidden = false;
    if (engine !== null) return engine;
    const bar = make('progress', { 'aria-label': 'Fetching the model', max: '1', value: '0' });
    const text = make('span', {}, 'Fetching the model…');
    panel.replaceChildren(bar, text);

    try {
      const { openLocalEngine } = await import('../../engine/open-local-engine.ts');
      engine = await openLocalEngine({
        endpoint: location.origin,
        apiKey: storedKey(),
        threads: THREADS,
        onProgress({ done, total }) {
          bar.value = done / total;
          text.textContent = `Fetching the model: ${megabytes(done)} of ${megabytes(total)} MB`;
        },
      });
      const threads = engine.threads === 1 ? 'one thread' : `${engine.threads} threads`;
      panel.replaceChildren(
        `Answers come from this browser, on ${threads}; the picture stays here.`,
      );
      return engine;
    } catch (error) {
      panel.hidden = true;
      throw error;
    }
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
