import type { Verdict } from '../../../client/index.ts';
import { createSentenceRow, type SentenceRow } from './sentence-row.ts';

/** The sentences of the question, at least one row. */
export interface SentenceList {
  /** The rows that say something. */
  filled(): readonly SentenceRow[];
  /** Puts other sentences in place of all. */
  replace(texts: readonly string[]): void;
  /** Adds an empty row and goes there. */
  add(): void;
  /** Marks the one row whose heat map lies on the picture. */
  markLooked(looked: SentenceRow): void;
  /** Takes all answers back. */
  clear(): void;
  focus(): void;
}

/** What the list tells. */
export interface ListEvents {
  /** The question is another one now. */
  readonly onChange: () => void;
  readonly onLook: (row: SentenceRow, verdict: Verdict) => void;
}

/**
 * Keeps the rows of sentences. Enter goes on to the next, or adds one.
 *
 * @param container An ordered list.
 */
export function createSentenceList(container: HTMLElement, events: ListEvents): SentenceList {
  let rows: SentenceRow[] = [];

  function makeRow(text: string): SentenceRow {
    const row = createSentenceRow({
      onEdit(edited) {
        edited.clear();
        events.onChange();
      },
      onEnter(entered) {
        const next = rows[rows.indexOf(entered) + 1];
        if (next !== undefined) next.focus();
        else if (entered.text() !== '') add();
      },
      onRemove(removed) {
        const place = rows.indexOf(removed);
        set(rows.filter((other) => other !== removed));
        rows[Math.min(place, rows.length - 1)]?.focus();
        events.onChange();
      },
      onLook: events.onLook,
    });
    row.write(text);
    return row;
  }

  function set(next: SentenceRow[]): void {
    rows = next;
    container.replaceChildren(...rows.map(({ element }) => element));
    rows.forEach((row, i) => {
      row.renumber(i + 1, rows.length);
    });
  }

  function add(): void {
    const row = makeRow('');
    set([...rows, row]);
    row.focus();
  }

  set([makeRow('')]);
  return {
    filled: () => rows.filter((row) => row.text() !== ''),
    replace(texts) {
      set(texts.map(makeRow));
      events.onChange();
    },
    add,
    markLooked(looked) {
      for (const row of rows) row.markLooked(row === looked);
    },
    clear() {
      for (const row of rows) row.clear();
    },
    focus: () => rows[0]?.focus(),
  };
}
