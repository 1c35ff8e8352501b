import type { Problem, Verdict } from '../../../client/index.ts';
import { make } from '../dom/make.ts';
import { problemView } from '../errors/problem-view.ts';
import { verdictView } from '../verdict/verdict-view.ts';

/** A sentence and what came of it. */
export interface SentenceRow {
  readonly element: HTMLLIElement;
  /** The sentence, without white space around it. */
  text(): string;
  write(text: string): void;
  focus(): void;
  /** Says which of how many it is. */
  renumber(number: number, count: number): void;
  /** Shows that an answer is on its way. */
  wait(): void;
  /** Shows the answer, or why there is none. */
  show(result: Verdict | Problem): void;
  /** Says whether its heat map is the one that lies on the picture. */
  markLooked(on: boolean): void;
  /** Takes back what was shown: it no longer belongs to the question. */
  clear(): void;
}

/** What a row tells of itself. */
export interface RowEvents {
  readonly onEdit: (row: SentenceRow) => void;
  readonly onEnter: (row: SentenceRow) => void;
  readonly onRemove: (row: SentenceRow) => void;
  /** The visitor wants to see on the picture where the model looked. */
  readonly onLook: (row: SentenceRow, verdict: Verdict) => void;
}

let made = 0;

/** Makes a row with an empty sentence. */
export function createSentenceRow(events: RowEvents): SentenceRow {
  made += 1;
  const id = `sentence-${made}`;
  const label = make('label', { for: id, class: 'visually-hidden' });
  const field = make('textarea', {
    id,
    rows: '1',
    maxlength: '2000',
    placeholder: 'Write what it might show',
    autocomplete: 'off',
    spellcheck: 'true',
  });
  const remove = make('button', { type: 'button', class: 'remove' }, '✕');
  const look = make('button', { type: 'button', class: 'quiet look' });
  const answer = make('div', { class: 'answer', hidden: '' });
  const element = make(
    'li',
    { class: 'sentence' },
    make('div', { class: 'sentence-line' }, label, field, remove),
    answer,
  );
  const row: SentenceRow = {
    element,
    text: () => field.value.trim(),
    write(text) {
      field.value = text;
    },
    focus: () => field.focus(),
    renumber(number, count) {
      label.textContent = `Sentence ${number} of ${count}`;
      remove.setAttribute('aria-label', `Remove sentence ${number}`);
      remove.hidden = count === 1;
    },
    wait() {
      put(make('p', { class: 'waiting' }, 'Looking…'));
    },
    show(result) {
      if (!('label' in result)) return put(problemView(result));
      put(verdictView(result));
      if (result.explanation === undefined) return;
      look.onclick = () => events.onLook(row, result);
      answer.append(look);
      row.markLooked(false);
    },
    markLooked(on) {
      look.setAttribute('aria-pressed', String(on));
      look.textContent = on ? 'Shown on the picture' : 'Show where it looked';
    },
    clear() {
      answer.replaceChildren();
      answer.hidden = true;
    },
  };
  function put(view: HTMLElement): void {
    answer.replaceChildren(view);
    answer.hidden = false;
  }
  field.addEventListener('input', () => events.onEdit(row));
  field.addEventListener('keydown', (event) => {
    // Ctrl-Enter asks, as the form does; Enter within a composition belongs to the keyboard.
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    events.onEnter(row);
  });
  remove.addEventListener('click', () => events.onRemove(row));
  return row;
}
