import { decoyAttributes } from './decoy-attributes.ts';
import { type Json, type JsonObject, object } from './json-writer.ts';
import type { SeededRandom } from './seeded-random.ts';
import { badDateTimes, badTimestamps, leapSeconds, mistyped, timestamp } from './timestamps.ts';

type Entry = readonly [string, Json];

/** Names that trip plain objects, delimiters, encodings and comparisons up. */
const apps = [
  'sudoku',
  'chess',
  'Chess',
  '__proto__',
  'constructor',
  'été',
  'a b',
  'hasOwnProperty',
  '日本',
  'x#y',
  '0',
];
const users = [
  'ada',
  'Ada',
  '__proto__',
  'toString',
  '1',
  '01',
  'user-ada',
  'é',
  'e\u0301',
  '😀',
  'a\nb',
  'a\u0000b',
  '-',
  '"',
  '\\',
  '{}',
];
const ids = ['1', 'a-b-c', '-', '--', '\n', '#', ' ', '😀', '{"Item":{}}', '\\"', 'x'.repeat(70)];
const otherKinds = [
  'game-sudoku-1',
  'Session-a-1',
  'sessions',
  'member-ada',
  'member-users-1',
  'parties-a-1',
  '',
  'user-ada',
  ' session-a-1',
];

const S = (text: Json): Json => object(['S', text]);

/** Makes the items of one table: mostly good ones, and among them every way to be bad that the rules name. */
export class RecordLines {
  readonly #random: SeededRandom;
  readonly #instant: () => number;

  /** `instant` says when things happen, in epoch milliseconds. */
  constructor(random: SeededRandom, instant: () => number) {
    this.#random = random;
    this.#instant = instant;
  }

  /** A session, party or member as the game writes it. */
  good(): Entry[] {
    const random = this.#random;
    const app = random.pick(apps);
    const user = random.chance(0.5) ? `u${random.int(1, 30)}` : random.pick(users);
    const typed = `${app}-${random.pick(ids)}`;
    const kind = random.pick(['session', 'session', 'party', 'member'] as const);
    const keys: Entry[] =
      kind === 'member'
        ? [
            ['modelId', S(`member-user-${user}`)],
            ['owner', S(`party-${typed}`)],
          ]
        : [
            ['modelId', S(`${kind}-${typed}`)],
            ['owner', S(`user-${user}`)],
          ];
    return [...keys, ...this.#times(kind === 'session' ? 'updatedAt' : 'createdAt')];
  }

  /** An item with one attribute that the rules refuse, or that only looks wrong. */
  spoilt(): Entry[] {
    const [attribute, values] = this.#random.pick(replacements);
    const value = this.#random.pick(values);
    return this.good().flatMap(([key, old]): Entry[] =>
      key === attribute ? (value === undefined ? [] : [[key, value]]) : [[key, old]],
    );
  }

  /** An item of another kind: its other attributes may hold anything. */
  other(): Entry[] {
    return [
      ['modelId', S(this.#random.pick(otherKinds))],
      ['owner', this.#random.pick([7, null, S('user-')])],
      ['createdAt', S('never')],
    ];
  }

  /** The image's JSON: the attributes among others that mean nothing, in any order. */
  image(attributes: readonly Entry[]): JsonObject {
    const decoys = this.#random.shuffled(decoyAttributes).slice(0, this.#random.int(0, 4));
    return object(...this.#random.shuffled([...attributes, ...decoys]));
  }

  /** The one that counts has the instant; the other one may hold anything, for it is not looked at. */
  #times(counting: 'createdAt' | 'updatedAt'): Entry[] {
    const other = counting === 'createdAt' ? 'updatedAt' : 'createdAt';
    const rest: Entry[] = this.#random.chance(0.7)
      ? [[other, this.#random.pick([timestamp(this.#instant(), this.#random), null, S('junk')])]]
      : [];
    const value = this.#random.chance(0.03) ? this.#random.pick(leapSeconds) : timestamp(this.#instant(), this.#random);
    return [[counting, value], ...rest];
  }
}

const badTimes = [...badTimestamps, ...badDateTimes, ...mistyped, undefined];
const badStrings = [
  S(null),
  S(7),
  S(['x']),
  object(['N', '1']),
  object(['S', 'user-a'], ['N', '1']),
  object(),
  [],
  null,
  'user-a',
  undefined,
];

/** What to put in an attribute's place; undefined leaves the attribute out. */
const replacements: readonly (readonly [string, readonly (Json | undefined)[]])[] = [
  ['modelId', badStrings],
  [
    'modelId',
    ['session-', 'session-a', 'session-a-', 'session--1', 'party-#run-1', 'session-#-1', 'party--', 'member-user-'].map(
      S,
    ),
  ],
  ['owner', badStrings],
  [
    'owner',
    [
      '',
      'user',
      'user-',
      'User-ada',
      'ada',
      ' user-ada',
      'party-',
      'party-a',
      'party-a-',
      'party--1',
      'party-#a-1',
      'member-a-1',
    ].map(S),
  ],
  ['updatedAt', badTimes],
  ['createdAt', badTimes],
];
