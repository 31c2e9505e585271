import type { ActivityInput, ConditionsInput, MetricInput, TimeInput } from '../define-table.ts';
import type { KindDescription } from '../describe/description.ts';
import type { Segment } from '../describe/pattern.ts';
import { draftMetrics } from './draft-metrics.ts';
import { camelName, capital, freeName } from './names.ts';
import { escapedPath, type PathDescription, pathsOf } from './paths.ts';
import { findApp, findUser, type Place } from './places.ts';
import { isTelling, rivalsOf, ruledOut } from './rivals.ts';
import { Holes, ownSegments, templateOf } from './templates.ts';
import { type TimePlace, timesOf } from './times.ts';

/** What is drafted of one kind. */
export interface KindDraft {
  readonly activities: Readonly<Record<string, ActivityInput>>;
  readonly metrics: Readonly<Record<string, MetricInput>>;
  readonly usesApp: boolean;
  readonly questions: readonly string[];
}

export interface DraftContext {
  readonly typeAttribute: string | null;
  /** Whether the export tells what was there before. */
  readonly hasOldImages: boolean;
  /** Words that are likely apps, see {@link sharedWords}. */
  readonly sharedWords: ReadonlySet<string>;
  readonly kinds: readonly KindDescription[];
  /** Names that activities and metrics have already; theirs are put to it. */
  readonly taken: { readonly activities: Set<string>; readonly metrics: Set<string> };
}

/** Undefined where nothing can be drafted, which its questions say. */
export function draftKind(
  kind: KindDescription,
  context: DraftContext,
): KindDraft | { readonly questions: readonly string[] } {
  const paths = pathsOf(kind);
  const times = timesOf(kind.name, paths);
  const { creation, update } = times;
  if (creation === null && update === null)
    return { questions: [`When does "${kind.name}" happen? No time was found in it: it is left out.`] };
  const is = conditionsOf(kind, context);
  if ('question' in is) return { questions: [is.question] };
  const user = findUser(paths);
  const app = findApp(paths, context.sharedWords);
  const draft = new ActivityDraft(paths, is, user.place, app.place);
  const name = freeName(camelName(kind.name, 'item'), context.taken.activities);
  const isEvent = update === null && creation !== null && !creation.isNamedSo;
  const newName = isEvent ? name : freeName(`new${capital(name)}`, context.taken.activities);
  const on = context.hasOldImages ? 'insert' : 'put';
  const activities = {
    ...(update === null ? {} : { [name]: draft.at(update, 'put') }),
    ...(creation === null ? {} : { [newName]: draft.at(creation, on) }),
  };
  return {
    activities,
    metrics: draftMetrics(
      paths,
      { name, activities, hasUpdates: update !== null, hasUser: user.place !== null },
      context.taken.metrics,
    ),
    usesApp: app.place !== null,
    questions: [
      ...times.questions,
      ...(user.doubtful.length === 0 ? [] : [doubt(kind, 'user', user.doubtful, user.place)]),
      ...(app.doubtful.length === 0 ? [] : [doubt(kind, 'app', app.doubtful, app.place)]),
    ],
  };
}

const doubt = ({ name }: KindDescription, what: string, names: readonly string[], taken: Place | null): string =>
  `Where is the ${what} of "${name}": ${names.join(', ')}? Taken: ${taken === null ? 'none' : taken.attribute.path}.`;

/** What items of a kind are: of its keys' form, or not; and what else holds for them alone. */
interface Telling {
  readonly byKeys: boolean;
  readonly conditions: ConditionsInput;
}

function conditionsOf(
  kind: KindDescription,
  { typeAttribute, kinds }: DraftContext,
): Telling | { readonly question: string } {
  const { type, name, attributes } = kind;
  const typePath = typeAttribute === null ? '' : escapedPath([typeAttribute]);
  if (type !== null) return { byKeys: false, conditions: { [typePath]: type } };
  const untyped: ConditionsInput =
    typeAttribute === null || attributes.some((one) => one.name === typeAttribute)
      ? {}
      : { [typePath]: { exists: false } };
  if (!attributes.some(isTelling)) return onlyKind(kind, kinds);
  const rivals = rivalsOf(kind, kinds);
  const conditions = rivals.length === 0 ? {} : ruledOut(kind, rivals);
  if (conditions !== undefined) return { byKeys: true, conditions: { ...untyped, ...conditions } };
  const larger = rivals.find(({ items }) => items >= kind.items);
  if (larger === undefined) return { byKeys: true, conditions: untyped };
  return { question: `How is "${name}" told from "${larger.name}"? Their keys are alike: it is left out.` };
}

/** Where nothing in the keys tells what an item is there may still be nothing to tell it from. */
function onlyKind(
  { name, attributes }: KindDescription,
  kinds: readonly KindDescription[],
): Telling | { readonly question: string } {
  const key = attributes.find(({ isKey }) => isKey);
  return kinds.length === 1 && key !== undefined
    ? { byKeys: false, conditions: { [escapedPath([key.name])]: { exists: true } } }
    : { question: `How is "${name}" told from others? Its key has no constant: it is left out.` };
}

/** The activities of a kind, which differ by when and what has become of the item. */
class ActivityDraft {
  readonly #places: readonly Place[];
  readonly #meant = new Map<Segment, 'user' | 'app'>();

  constructor(
    readonly paths: readonly PathDescription[],
    readonly is: Telling,
    user: Place | null,
    app: Place | null,
  ) {
    this.#places = [user, app].filter((place) => place !== null);
    if (app?.segment != null) this.#meant.set(app.segment, 'app');
    if (user?.segment != null) this.#meant.set(user.segment, 'user');
  }

  at(time: TimePlace, on: 'put' | 'insert'): ActivityInput {
    const holes = new Holes(this.#meant);
    const template = ({ pattern }: PathDescription): string => (pattern === null ? '' : templateOf(pattern, holes));
    const inKeys = this.is.byKeys ? this.paths.filter(isTelling) : [];
    const is = { ...Object.fromEntries(inKeys.map((key) => [key.path, template(key)])), ...this.is.conditions };
    const toRead = this.paths.filter((one) => !inKeys.includes(one) && (this.#isMeant(one) || isTimed(one, time)));
    const read = toRead.map((one) => [one.path, one.pattern === null ? { N: '${user}' } : template(one)]);
    return {
      is,
      ...(read.length > 0 && { read: Object.fromEntries(read) }),
      at: timeInput(time, holes),
      ...(on === 'put' ? {} : { on }),
    };
  }

  #isMeant(attribute: PathDescription): boolean {
    return this.#places.some((place) => place.attribute === attribute);
  }
}

const isTimed = ({ pattern }: PathDescription, { segment }: TimePlace): boolean =>
  segment !== null && pattern !== null && ownSegments(pattern).includes(segment);

function timeInput({ at, segment, as }: TimePlace, holes: Holes): TimeInput {
  if (at !== null) return at;
  return { hole: segment === null ? '' : holes.nameOf(segment), as: as === 'auto' ? 'dateTime' : as };
}
