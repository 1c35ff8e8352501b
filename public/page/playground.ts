import { type Client, createClient, type Problem, type Verdict } from '../../client/index.ts';
import { keyForm } from './access/key-form.ts';
import { storedKey } from './access/key-store.ts';
import { ask } from './answer/ask.ts';
import { createTimes } from './answer/times.ts';
import { listenForCopying, showCode } from './code/code-view.ts';
import { byId } from './dom/by-id.ts';
import { hideNotice, showNotice } from './errors/notice.ts';
import { troubleOf } from './errors/trouble.ts';
import { createGallery } from './gallery/gallery-view.ts';
import { SCENES, type Scene } from './gallery/scenes.ts';
import { hideHeatMap, showHeatMap } from './heat-map/heat-map-view.ts';
import { createModelView } from './model/model-view.ts';
import { fetchScene } from './picture/fetch-scene.ts';
import { listenForFiles } from './picture/listen-for-files.ts';
import type { Picture } from './picture/picture.ts';
import { showPicture } from './picture/picture-view.ts';
import { readPicture } from './picture/read-picture.ts';
import { createSentenceList } from './sentences/sentence-list.ts';
import type { SentenceRow } from './sentences/sentence-row.ts';
import { describeResult } from './verdict/describe-result.ts';

/** Puts the page together and asks its first question. */
export async function startPlayground(): Promise<void> {
  const endpoint = location.origin;
  const premise = byId('premise', HTMLTextAreaElement);
  const explain = byId('explain', HTMLInputElement);
  const status = byId('status', HTMLElement);
  const times = createTimes();
  const model = createModelView();
  const gallery = createGallery(openScene);
  const sentences = createSentenceList(byId('sentences', HTMLOListElement), {
    onChange: changed,
    onLook: look,
  });
  let client = makeClient();
  let picture: Picture | null = null;
  let scene: Scene | null = null;
  let running: AbortController | null = null;

  function makeClient(): Client {
    return createClient({ endpoint, apiKey: storedKey() });
  }

  /** Whatever was on its way belongs to a question that is no longer there. */
  function changed(): void {
    running?.abort();
    hideNotice();
    hideHeatMap();
    times.clear();
    if (picture === null) return;
    const texts = sentences.filled().map((row) => row.text());
    showCode({
      endpoint,
      image: picture.url === null ? { name: picture.name } : { url: picture.url },
      hypotheses: texts.length === 0 ? ['There are two birds.'] : texts,
      premise: premiseText() ?? null,
      explain: explain.checked,
      withKey: storedKey() !== undefined,
    });
  }

  function premiseText(): string | undefined {
    const text = premise.value.trim();
    return text === '' ? undefined : text;
  }

  function usePicture(next: Picture, from: Scene | null): void {
    picture = next;
    scene = from;
    showPicture(next);
    gallery.mark(from);
    model.heed(next);
    sentences.clear();
    changed();
  }

  async function openScene(chosen: Scene): Promise<void> {
    await attempt(async () => {
      usePicture(await fetchScene(chosen), chosen);
      sentences.replace(chosen.sentences.map(({ text }) => text));
      await askNow();
    });
  }

  async function openFile(file: File): Promise<void> {
    await attempt(async () => {
      const asked = sentences.filled().map((row) => row.text());
      const ready = scene?.sentences.map(({ text }) => text);
      usePicture(await readPicture(file, model.side()), null);
      // A scene's ready sentences say nothing of another picture; the visitor's own may.
      if (String(asked) === String(ready)) sentences.replace(['']);
      sentences.focus();
    });
  }

  async function askNow(): Promise<void> {
    const rows = sentences.filled();
    changed();
    if (picture === null) return;
    if (rows.length === 0) {
      sentences.focus();
      status.textContent = 'Write a sentence first.';
      return;
    }
    const controller = new AbortController();
    running = controller;
    const { signal } = controller;
    const button = byId('ask', HTMLButtonElement);
    button.classList.add('busy');
    try {
      const question = {
        image: picture.file,
        premise: premiseText(),
        explain: explain.checked,
        signal,
      };
      const milliseconds = await ask({ answerer: client, question, rows, onResult: announce });
      times.show('endpoint', milliseconds);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (running === controller) button.classList.remove('busy');
    }
  }

  function announce(row: SentenceRow, result: Verdict | Problem): void {
    status.textContent = `${row.text()} ${describeResult(result)}`;
    const first = byId('heat-map', HTMLCanvasElement).hidden;
    if (first && 'label' in result && result.explanation !== undefined) look(row, result);
  }

  function look(row: SentenceRow, { explanation }: Verdict): void {
    if (explanation !== undefined) showHeatMap(row.text(), explanation);
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const help = troubleOf(error).code === 'unauthorized' ? [keyForm(useKey)] : [];
      showNotice(error, ...help);
    }
  }

  function useKey(): void {
    client = makeClient();
    attempt(async () => {
      await model.load(client);
      await askNow();
    });
  }

  byId('question', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(askNow);
  });
  byId('question', HTMLFormElement).addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) attempt(askNow);
  });
  byId('add', HTMLButtonElement).addEventListener('click', () => sentences.add());
  premise.addEventListener('input', () => {
    sentences.clear();
    changed();
  });
  explain.addEventListener('change', () => attempt(askNow));
  listenForFiles(openFile);
  listenForCopying();
  await attempt(async () => {
    const [first] = SCENES;
    if (first === undefined) return;
    usePicture(await fetchScene(first), first);
    sentences.replace(first.sentences.map(({ text }) => text));
    await model.load(client);
    await askNow();
  });
}
