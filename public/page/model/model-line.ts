import type { ModelDescription } from '../../../client/index.ts';
import { make } from '../dom/make.ts';

/** The model of a fresh clone: the one that the gallery was made for. */
export const DEFAULT_MODEL = 'drawn-scenes';

/** Says which model answers, and what it knows, in as many words as that takes. */
export function modelLine({ name, dtype, revision }: ModelDescription): HTMLElement[] {
  const short = revision.slice(0, 'sha256:'.length + 8);
  const who = make(
    'p',
    {},
    'Answers come from ',
    make('strong', {}, name),
    ` (${dtype}, revision `,
    make('code', { title: revision }, short),
    ').',
  );
  const what =
    name === DEFAULT_MODEL
      ? 'It is small and knows drawn scenes like these only: 136 things, six colours, eight backgrounds. On photographs its answers mean nothing.'
      : `The drawn scenes were made for another model, ${DEFAULT_MODEL}; this one may take them differently. This page does not know what it was trained on.`;
  return [who, make('p', {}, what)];
}
