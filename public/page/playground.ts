import { type Client, createClient, type Problem, type Verdict } from '../../client/index.ts';
import { keyForm } from './access/key-form.ts';
import { storedKey } from './access/key-store.ts';
import { ask } from './answer/ask.ts';
import { createLocalAnswerer } from './answer/local-answerer.ts';
import { createTimes } from './answer/times.ts';
import { listenForCopying } from './code/code-view.ts';
import { byId } from './dom/by-id.ts';
import { hideNotices, showNotice } from './errors/notice.ts';
import { troubleOf } from './errors/trouble.ts';
import { createGallery } from './gallery/gallery-view.ts';
import { SCENES, type Scene } from './gallery/scenes.ts';
import { hideHeatMap, isHeatMapShown, showHeatMap } from './heat-map/heat-map-view.ts';
import { createModelView } from './model/model-view.ts';
import { fetchScene } from './picture/fetch-scene.ts';
import { createPictureReader } from './picture/latest-picture.ts';
import { listenForFiles } from './picture/listen-for-files.ts';
import type { Picture } from './picture/picture.ts';
import { PictureError } from './picture/picture-error.ts';
import { showPicture } from './picture/picture-view.ts';
import { readPicture } from './picture/read-picture.ts';
import { questionOptions, showQuestion } from './question.ts';
import { createSentenceList } from './sentences/sentence-list.ts';
import type { SentenceRow } from './sentences/sentence-row.ts';
import { describeResult } from './verdict/describe-result.ts';

/** Puts the page together and asks its first question. */
export async function startPlayground(): Promise<void> {
  const local = byId('local', HTMLInputElement);
  const status = byId('status', HTMLElement);
  const times = createTimes();
  const readLatest = createPictureReader();
  const model = createModelView();
  const openEngine = createLocalAnswerer();
  const gallery = createGallery((chosen) => attempt(() => openScene(chosen)));
  const sentences = createSentenceList(byId('sentences', HTMLOListElement), {
    onChange: changed,
    onLook: (row, verdict) => {
      look(row, verdict);
      // On a phone the picture is above what is on the screen.
      byId('frame', HTMLElement).scrollIntoView({ block: 'nearest' });
    },
  });
  let client = makeClient();
  let picture: Picture | null = null;
  let scene: Scene | null = null;
  let running: AbortController | null = null;

  function setBusy(on: boolean): void {
    byId('ask', HTMLButtonElement).classList.toggle('busy', on);
  }

  function makeClient(): Client {
    return createClient({ endpoint: location.origin, apiKey: storedKey() });
  }

  /** What is on its way, or was shown, belongs to a question that is no longer there. */
  function changed(): void {
    running?.abort();
    hideNotices();
    hideHeatMap();
    times.clear();
    if (picture !== null) showQuestion(picture, texts());
  }

  function texts(): readonly string[] {
    return sentences.filled().map((row) => row.text());
  }

  function changedAltogether(): void {
    sentences.clear();
    changed();
  }

  function usePicture(next: Picture, from: Scene | null): void {
    picture = next;
    scene = from;
    showPicture(next);
    gallery.mark(from);
    model.heed(next);
    changedAltogether();
  }

  async function openScene(chosen: Scene): Promise<void> {
    if (await showScene(chosen)) await askNow();
  }

  async function showScene(chosen: Scene): Promise<boolean> {
    const next = await readLatest(() => fetchScene(chosen));
    if (next === null) return false;
    usePicture(next, chosen);
    sentences.replace(textsOf(chosen));
    return true;
  }

  async function openFile(file: File): Promise<void> {
    const next = await readLatest(() => readPicture(file, model.side()));
    if (next === null) return;
    // A scene's ready sentences say nothing of another picture; the visitor's own may.
    const ready = scene !== null && String(texts()) === String(textsOf(scene));
    usePicture(next, null);
    if (ready) sentences.replace(['']);
    sentences.focus();
  }

  async function askNow(): Promise<void> {
    running?.abort();
    hideNotices();
    hideHeatMap();
    const rows = sentences.filled();
    if (picture === null) return;
    if (rows.length === 0) {
      sentences.focus();
      status.textContent = 'Write a sentence first.';
      return;
    }
    const { file } = picture;
    const controller = new AbortController();
    const { signal } = controller;
    running = controller;
    setBusy(true);
    try {
      const answerer = local.checked ? await openEngine() : client;
      signal.throwIfAborted();
      const question = { image: file, ...questionOptions(), signal };
      const outcome = await ask({ answerer, question, rows, onResult: tell });
      times.show(answerer === client ? 'endpoint' : 'browser', outcome);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (running === controller) setBusy(false);
    }
  }

  function tell(row: SentenceRow, result: Verdict | Problem): void {
    status.textContent = `${row.text()} ${describeResult(result)}`;
    if ('label' in result && !isHeatMapShown()) look(row, result);
  }

  function look(row: SentenceRow, { explanation }: Verdict): void {
    if (explanation === undefined) return;
    showHeatMap(row.text(), explanation);
    sentences.markLooked(row);
  }

  /** Says what went wrong, and offers the way out that there is. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const place = error instanceof PictureError ? 'picture-notice' : 'notice';
      const help = troubleOf(error).code === 'unauthorized' ? [keyForm(() => attempt(useKey))] : [];
      showNotice(place, error, ...help);
    }
  }

  async function useKey(): Promise<void> {
    client = makeClient();
    changed();
    await model.load(client);
    await askNow();
  }

  byId('question', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(askNow);
  });
  byId('question', HTMLFormElement).addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
    if (key === 'Enter' && (ctrlKey || metaKey)) attempt(askNow);
  });
  byId('add', HTMLButtonElement).addEventListener('click', () => sentences.add());
  byId('premise', HTMLTextAreaElement).addEventListener('input', changedAltogether);
  byId('explain', HTMLInputElement).addEventListener('change', () => {
    changedAltogether();
    attempt(askNow);
  });
  local.addEventListener('change', () => {
    // Off: nothing is sent before the visitor asks, since the picture has stayed here so far.
    if (local.checked) attempt(askNow);
    else byId('local-panel', HTMLElement).hidden = true;
  });
  listenForFiles((file) => attempt(() => openFile(file)));
  listenForCopying();
  await attempt(async () => {
    const [first] = SCENES;
    if (first !== undefined) await showScene(first);
    await model.load(client);
    // Unless the visitor has been faster.
    if (scene === first) await askNow();
  });
}

function textsOf({ sentences }: Scene): readonly string[] {
  return sentences.map(({ text }) => text);
}
