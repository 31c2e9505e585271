import type {
  AttributeDescription,
  KindDescription,
  Sizes,
  TableDescription,
} from '../../domain/describe/description.ts';
import { findingsIn, MAX_ITEM_BYTES } from '../../domain/describe/findings.ts';
import { formatBytes, formatNumber, plural } from '../format.ts';
import { type Column, harmless, type Paint, plain, tableLines, truncate, wrap } from '../terminal-text.ts';
import { findingPlace, findingText } from './finding-words.ts';
import { contentText, explanations, headline, meaningText, percent, typesText } from './words.ts';

const WIDTH = 80;
const NAME_WIDTH = 22;
const TYPES_WIDTH = 16;
const KINDS_IN_DETAIL = 12;
const FINDINGS_SHOWN = 12;

/** What is in a table, for a terminal of 80 columns. */
export function toText(description: TableDescription, paint: Paint = plain): string {
  const { kinds } = description;
  const blocks = [
    wrapped(headline(description)).map(paint.bold),
    kindTable(description, paint),
    ...(description.changes?.inserted == null ? [] : [changeTable(description, paint)]),
    explanations(description).flatMap(wrapped).map(paint.dim),
    ...kinds.slice(0, KINDS_IN_DETAIL).map((kind) => attributeTable(kind, paint)),
    kinds.length > KINDS_IN_DETAIL
      ? [
          paint.dim(
            `… and ${plural(kinds.length - KINDS_IN_DETAIL, 'kind')} more: --format json and html have them all`,
          ),
        ]
      : [],
    findingLines(description, paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const wrapped = (text: string): string[] => wrap(wordsIn(text), ' ', WIDTH);

/** Numbers and what they are of are not parted. */
const wordsIn = (text: string): string[] => text.split(/ (?!%|[kMGT]?B\b)/);

interface SizeRow extends Sizes {
  readonly name: string;
}

function rowsOf({ kinds, others }: TableDescription): SizeRow[] {
  return [
    ...kinds.map((kind) => ({ ...kind, name: harmless(kind.name) })),
    ...(others === null ? [] : [{ ...others, name: `other (${plural(others.kinds, 'kind')})` }]),
  ];
}

const sizeColumns: readonly Column[] = [
  { heading: 'kind', align: 'left', max: NAME_WIDTH },
  { heading: 'items', align: 'right' },
  { heading: 'share', align: 'right' },
  { heading: 'JSON', align: 'right' },
  { heading: 'mean', align: 'right' },
  { heading: 'largest', align: 'right' },
  { heading: 'of 400 KB', align: 'right' },
];

function kindTable(description: TableDescription, paint: Paint): string[] {
  const cells = rowsOf(description).map(({ name, items, jsonBytes, itemBytes, largestBytes }) => [
    name,
    formatNumber(items),
    percent(items / Math.max(1, description.items)),
    formatBytes(jsonBytes),
    items === 0 ? '–' : formatBytes(Math.round(itemBytes / items)),
    items === 0 ? '–' : formatBytes(largestBytes),
    items === 0 ? '–' : percent(largestBytes / MAX_ITEM_BYTES),
  ]);
  const [head = '', ...rows] = tableLines(sizeColumns, cells);
  return [paint.bold(head), ...rows];
}

const changeColumns: readonly Column[] = [
  { heading: 'kind', align: 'left', max: NAME_WIDTH },
  { heading: 'new', align: 'right' },
  { heading: 'changed', align: 'right' },
  { heading: 'deleted', align: 'right' },
];

function changeTable(description: TableDescription, paint: Paint): string[] {
  const cells = rowsOf(description).map(({ name, changes }) => [
    name,
    ...[changes?.inserted, changes?.changed, changes?.deleted].map((count) =>
      count == null ? '–' : formatNumber(count),
    ),
  ]);
  const [head = '', ...rows] = tableLines(changeColumns, cells);
  return [paint.bold(head), ...rows];
}

function attributeTable(kind: KindDescription, paint: Paint): string[] {
  const columns: readonly Column[] = [
    { heading: truncate(harmless(kind.name), NAME_WIDTH), align: 'left', max: NAME_WIDTH },
    { heading: 'type', align: 'left', max: TYPES_WIDTH },
    { heading: 'has it', align: 'right' },
    { heading: 'as', align: 'left' },
    { heading: 'what', align: 'left' },
  ];
  const cells = kind.attributes.flatMap((attribute) => [
    attributeCells(attribute, ''),
    ...attribute.members.filter(isNotable).map((member) => attributeCells(member, `${attribute.name}.`)),
  ]);
  const [head = '', ...rows] = tableLines(columns, cells);
  return [
    paint.bold(head),
    ...rows.map((line) => truncate(line, WIDTH)),
    ...(kind.unnamedAttributes > 0 ? [paint.dim('and others, each in a few items')] : []),
  ];
}

/** What is in maps is shown where it is of use for a definition, or odd. */
const isNotable = ({ meaning, types, inexactNumbers }: AttributeDescription): boolean =>
  meaning !== null || types.length > 1 || inexactNumbers > 0;

const attributeCells = (attribute: AttributeDescription, prefix: string): string[] => [
  harmless(prefix + attribute.name),
  typesText(attribute),
  percent(attribute.share),
  attribute.isKey ? 'key' : meaningText(attribute),
  harmless(contentText(attribute)),
];

function findingLines(description: TableDescription, paint: Paint): string[] {
  const findings = findingsIn(description);
  if (findings.length === 0 && description.malformed === 0) return [];
  const sentences = findings.map((finding) => `${harmless(findingPlace(finding))} ${findingText(finding)}`);
  const more = sentences.length - FINDINGS_SHOWN;
  return [
    paint.bold('To look at'),
    ...(description.malformed > 0
      ? [
          `  ! ${plural(description.malformed, 'line')} of the export ${description.malformed === 1 ? 'is' : 'are'} no record of an item`,
        ]
      : []),
    ...sentences.slice(0, FINDINGS_SHOWN).flatMap((sentence) => {
      const [first = '', ...rest] = wrap(wordsIn(sentence), ' ', WIDTH - 4);
      return [`  ${paint.yellow('!')} ${first}`, ...rest.map((line) => `    ${line}`)];
    }),
    ...(more > 0 ? [paint.dim(`  … and ${plural(more, 'finding')} more: --format json and html have them all`)] : []),
  ];
}
