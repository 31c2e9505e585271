import type { ActivityInput, ConditionsInput, MetricInput, TimeInput } from '../define-table.ts';
import type { KindDescription } from '../describe/description.ts';
import type { Segment } from '../describe/pattern.ts';
import { draftMetrics } from './draft-metrics.ts';
import { escapedPath, type PathDescription, pathsOf } from './paths.ts';
import { findApp, findUser, type Place } from './places.ts';
import { Holes, hasLiteral, ownSegments, templateOf } from './templates.ts';
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
  readonly isOnlyKind: boolean;
  /** The kind's own name, as activities and metrics bear it. */
  readonly name: string;
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
  const is = conditionsOf(kind.type, paths, context);
  if (is === undefined)
    return { questions: [`How is "${kind.name}" told from others? Its key has no constant: it is left out.`] };
  const user = findUser(paths);
  const app = findApp(paths, context.sharedWords);
  const draft = new ActivityDraft(paths, is, user.place, app.place);
  const { name } = context;
  const isEvent = update === null && creation !== null && !creation.isNamedSo;
  const newName = isEvent ? name : `new${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const on = context.hasOldImages ? 'insert' : 'put';
  const activities = {
    ...(update === null ? {} : { [name]: draft.at(update, 'put') }),
    ...(creation === null ? {} : { [newName]: draft.at(creation, on) }),
  };
  return {
    activities,
    metrics: draftMetrics(paths, name, activities, user.place !== null),
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

/** What it is; undefined where nothing tells it from others. */
function conditionsOf(
  type: string | null,
  paths: readonly PathDescription[],
  { typeAttribute, isOnlyKind }: DraftContext,
): 'keys' | ConditionsInput | undefined {
  if (type !== null && typeAttribute !== null) return { [escapedPath([typeAttribute])]: type };
  const keys = paths.filter(({ isKey }) => isKey);
  if (keys.some(isTelling)) return 'keys';
  return isOnlyKind && keys[0] !== undefined ? { [keys[0].path]: { exists: true } } : undefined;
}

/** The activities of a kind, which differ by when and what has become of the item. */
class ActivityDraft {
  readonly #places: readonly Place[];
  readonly #meant = new Map<Segment, 'user' | 'app'>();

  constructor(
    readonly paths: readonly PathDescription[],
    readonly is: 'keys' | ConditionsInput,
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
    const inKeys = this.is === 'keys' ? this.paths.filter(isTelling) : [];
    const is = this.is === 'keys' ? Object.fromEntries(inKeys.map((key) => [key.path, template(key)])) : this.is;
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

/** A key that is one hole and no more is like any other. */
const isTelling = ({ isKey, pattern }: PathDescription): boolean => isKey && pattern !== null && hasLiteral(pattern);

const isTimed = ({ pattern }: PathDescription, { segment }: TimePlace): boolean =>
  segment !== null && pattern !== null && ownSegments(pattern).includes(segment);

function timeInput({ at, segment, as }: TimePlace, holes: Holes): TimeInput {
  if (at !== null) return at;
  return { hole: segment === null ? '' : holes.nameOf(segment), as: as === 'auto' ? 'dateTime' : as };
}
