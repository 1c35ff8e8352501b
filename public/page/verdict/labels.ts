import type { Label } from '../../../client/index.ts';

/** How a label is shown: never by its colour alone. */
export interface LabelLook {
  readonly label: Label;
  readonly name: string;
  readonly mark: string;
  /** What it says of a picture and a sentence. */
  readonly meaning: string;
}

/** The labels in the order in which they are shown. */
export const LABELS: readonly LabelLook[] = [
  { label: 'entailment', name: 'Entailment', mark: '✓', meaning: 'the picture shows it' },
  { label: 'neutral', name: 'Neutral', mark: '?', meaning: 'the picture leaves it open' },
  {
    label: 'contradiction',
    name: 'Contradiction',
    mark: '✕',
    meaning: 'the picture shows otherwise',
  },
];

/** Gets the look of a label. */
export function lookOf(label: Label): LabelLook {
  const [first] = LABELS.filter((look) => look.label === label);
  if (first === undefined) throw new TypeError(`cannot show the label ${label}`);
  return first;
}
