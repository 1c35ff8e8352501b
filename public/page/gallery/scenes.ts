import type { Label } from '../../../client/index.ts';

/** A drawn scene that visitors can start from. */
export interface Scene {
  /** Its path on the page's own origin. */
  readonly path: string;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  /** One of each label; a test asks the default model. */
  readonly sentences: readonly { readonly text: string; readonly label: Label }[];
}

/**
 * The gallery, all of the split `test`, which the default model was not trained on: the first is a fixture of the
 * tests, the others come from `npm run scenes -- --count 400 --seed 77 --split test --size 384`, numbers 192, 64, 71, 135,
 * 117, 52 and 146.
 */
export const SCENES: readonly Scene[] = [
  scene('two-birds', 'Two blue birds and a crab on a green hill', [
    'There are two birds.',
    'One of the birds is named Bob.',
    'A cat is chasing two birds.',
  ]),
  scene('three-dogs', 'Three dogs and three anchors on a meadow', [
    'There are three dogs.',
    'There is a hungry dog.',
    'There are more dogs than anchors.',
  ]),
  scene('bus-on-a-beach', 'A bus, a truck and a butterfly on a beach', [
    'The bus is bigger than the truck.',
    'The bus is brand-new.',
    'There are two buses.',
  ]),
  scene('cars-in-the-snow', 'Three red cars and two butterflies in the snow at night', [
    'There are three cars in the snow at night.',
    'The cars are expensive.',
    'There are more butterflies than cars.',
  ]),
  scene('pandas-and-owls', 'Four pandas and two owls at night', [
    'There are more pandas than owls.',
    'The pandas are hungry.',
    'The sun is shining.',
  ]),
  scene('three-televisions', 'Three televisions and an apple on a beach', [
    'There is fruit in the picture.',
    'The televisions are expensive.',
    'There are at most two televisions.',
  ]),
  scene('whale-and-car', 'A whale, a blue car and a purple heart in the desert', [
    'A whale is above a car.',
    'There is a brand-new car.',
    'There is a car in the snow.',
  ]),
  scene('three-ghosts', 'Three ghosts and a blue backpack on a hill at night', [
    'There are at least two ghosts.',
    'The ghosts are friendly.',
    'There is a red backpack.',
  ]),
];

function scene(name: string, alt: string, sentences: readonly [string, string, string]): Scene {
  const [entailed, open, contradicted] = sentences;
  return {
    path: `/gallery/${name}.png`,
    alt,
    sentences: [
      { text: entailed, label: 'entailment' },
      { text: open, label: 'neutral' },
      { text: contradicted, label: 'contradiction' },
    ],
  };
}
