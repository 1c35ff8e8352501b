import { isPlace } from '../is-place.ts';
import { amountOf, atLeast } from '../meaning/amount.ts';
import { one } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import { both, opposite, type Verdict } from '../meaning/verdict.ts';
import type { Place, Scene } from '../scene.ts';
import type { SentenceKind } from './sentence-kind.ts';

type Setting = 'day' | 'night' | 'outdoors' | 'indoors' | Place;

/** What a sentence says of the hour or the place. */
export interface SettingMeaning {
  readonly setting: Setting;
  readonly negated: boolean;
  /** Who is said to be there; null: the picture as a whole. */
  readonly phrase: Phrase | null;
}

const SETTINGS: readonly [Setting, ...Setting[]] = [
  'day',
  'day',
  'night',
  'night',
  'outdoors',
  'indoors',
  'meadow',
  'beach',
  'desert',
  'snow',
];
/** Each fits behind "is". */
const WORDS: Readonly<Record<Setting, readonly [string, string]>> = {
  day: ['in daylight', 'under a daytime sky'],
  night: ['in the dark', 'under a night sky'],
  outdoors: ['outdoors', 'in the open air'],
  indoors: ['indoors', 'inside a room'],
  meadow: ['in a meadow', 'on green grass'],
  beach: ['on a beach', 'by the sea'],
  desert: ['in a desert', 'among sand dunes'],
  snow: ['in the snow', 'on snowy ground'],
};

/** "it is night.", "a dog on a beach." A backdrop without a sky leaves it open. */
export const setting: SentenceKind<SettingMeaning> = {
  name: 'setting',
  propose(scene, random) {
    const withPhrase = random.chance(0.4);
    const phrase = withPhrase ? proposePhrase(scene, random, { presence: 0.8 }) : null;
    return {
      setting: random.pick(SETTINGS),
      negated: !withPhrase && random.chance(0.4),
      phrase: phrase && { ...phrase, trait: null },
    };
  },
  judge(scene, { setting, negated, phrase }) {
    const there = judgeSetting(scene, setting);
    if (there === null) return null;
    if (phrase === null) return negated ? opposite(there) : there;
    const amount = amountOf(scene, phrase);
    return amount && both(atLeast(amount, 1), there);
  },
  phrases: ({ phrase }) => (phrase === null ? [] : [phrase]),
  form: ({ setting, negated, phrase }) => [setting, negated, phrase && formOf(phrase)].join(' '),
  phrasings({ setting, negated, phrase }) {
    const [where, there] = WORDS[setting];
    if (phrase !== null) {
      const who = one(phrase);
      return [
        `${who} is ${where}.`,
        `${who} is ${there}.`,
        `there is ${who} ${where}.`,
        `there is ${who} ${there}.`,
        `the picture shows ${who} ${where}.`,
        `you can see ${who} ${there}.`,
        `${who} ${where}.`,
        `a picture of ${who} ${there}.`,
      ];
    }
    const not = negated ? 'not ' : '';
    return [
      ...wholePicture(setting, not),
      `what we see is ${not}${where}.`,
      `the picture was ${not}taken ${where}.`,
      `this is ${not}${there}.`,
      `we are ${not}${where}.`,
      `the scene is ${not}${there}.`,
      `all this is ${not}${there}.`,
      `this was ${not}seen ${where}.`,
    ];
  },
};

function wholePicture(setting: Setting, not: string): readonly [string, ...string[]] {
  if (setting === 'day')
    return [`it is ${not}day.`, `it is ${not}daytime.`, `it is ${not}light outside.`];
  if (setting === 'night')
    return [`it is ${not}night.`, `it is ${not}night-time.`, `it is ${not}dark outside.`];
  return [`it is ${not}${WORDS[setting][0]}.`];
}

function judgeSetting({ background, time, greyscale }: Scene, setting: Setting): Verdict | null {
  if (!isPlace(background)) return 'neutral';
  if (setting === 'day' || setting === 'night') {
    return setting === time ? 'entailment' : 'contradiction';
  }
  if (setting === 'outdoors') return 'entailment';
  if (setting === 'indoors') return 'contradiction';
  // Without colours the eye cannot tell sand from grass.
  if (greyscale) return null;
  return setting === background ? 'entailment' : 'contradiction';
}
