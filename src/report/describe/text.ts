import type {
  AttributeDescription,
  KindDescription,
  Sizes,
  TableDescription,
} from '../../domain/describe/description.ts';
import { findingsIn, MAX_ITEM_BYTES } from '../../domain/describe/findings.ts';
import { formatBytes, formatNumber, plural } from '../format.ts';
import { type Column, tableLines, tableWidth } from '../table.ts';
import { harmless, type Layout, type Paint, plainLayout, wrap } from '../terminal-text.ts';
import { findingPlace, findingText } from './finding-words.ts';
import { contentText, explanations, headline, meaningText, otherName, percent, typesText } from './words.ts';

const NAME_WIDTH = 22;
const TYPES_WIDTH = 16;
const CONTENT_MIN = 12;
const KINDS_IN_DETAIL = 12;
const FINDINGS_SHOWN = 12;

/** What is in a table, for a terminal. */
export function toText(description: TableDescription, { paint, columns }: Layout = plainLayout): string {
  // Never wider than in a file: what is read in a wide terminal reads the same there.
  const layout = { paint, columns: Math.min(columns, plainLayout.columns) };
  const { kinds } = description;
  const lines = (text: string): string[] => wrap(wordsIn(text), ' ', layout.columns);
  const blocks = [
    lines(headline(description)).map(paint.bold),
    kindTable(description, layout),
    ...(description.changes?.inserted == null ? [] : [changeTable(description, layout)]),
    explanations(description).flatMap(lines).map(paint.dim),
    ...kinds.slice(0, KINDS_IN_DETAIL).map((kind) => attributeTable(kind, layout)),
    kinds.length > KINDS_IN_DETAIL
      ? [
          paint.dim(
            `… and ${plural(kinds.length - KINDS_IN_DETAIL, 'kind')} more: --format json and html have them all`,
          ),
        ]
      : [],
    findingLines(description, layout),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** Numbers and what they are of are not parted. */
const wordsIn = (text: string): string[] => text.split(/(?<!\d) (?!%|[kMGT]?B\b)/);

interface SizeRow extends Sizes {
  readonly name: string;
}

function rowsOf({ kinds, others }: TableDescription): SizeRow[] {
  return [
    ...kinds.map((kind) => ({ ...kind, name: harmless(kind.name) })),
    ...(others === null ? [] : [{ ...others, name: otherName(others.kinds) }]),
  ];
}

const kindColumn = (heading: string): Column => ({ heading, align: 'left', key: true, max: NAME_WIDTH });
const numberColumn = (heading: string): Column => ({ heading, align: 'right' });

const sizeColumns = [
  kindColumn('kind'),
  ...['items', 'share', 'JSON', 'mean', 'largest', 'of 400 KB'].map(numberColumn),
];

const kindTable = (description: TableDescription, layout: Layout): string[] =>
  tableLines(
    sizeColumns,
    rowsOf(description).map(({ name, items, jsonBytes, itemBytes, largestBytes }) => [
      name,
      formatNumber(items),
      percent(items / Math.max(1, description.items)),
      formatBytes(jsonBytes),
      ...(items === 0
        ? ['–', '–', '–']
        : [
            formatBytes(Math.round(itemBytes / items)),
            formatBytes(largestBytes),
            percent(largestBytes / MAX_ITEM_BYTES),
          ]),
    ]),
    layout,
  );

const changeTable = (description: TableDescription, layout: Layout): string[] =>
  tableLines(
    [kindColumn('kind'), ...['new', 'changed', 'deleted'].map(numberColumn)],
    rowsOf(description).map(({ name, changes }) => [
      name,
      ...[changes?.inserted, changes?.changed, changes?.deleted].map((count) =>
        count == null ? '–' : formatNumber(count),
      ),
    ]),
    layout,
  );

function attributeTable(kind: KindDescription, layout: Layout): string[] {
  const columns: readonly Column[] = [
    kindColumn(harmless(kind.name)),
    { heading: 'type', align: 'left', max: TYPES_WIDTH },
    numberColumn('has it'),
    { heading: 'as', align: 'left' },
  ];
  const cells = kind.attributes.flatMap((attribute) => [
    attributeCells(attribute, ''),
    ...attribute.members.filter(isNotable).map((member) => attributeCells(member, `${attribute.name}.`)),
  ]);
  const room = Math.max(CONTENT_MIN, layout.columns - tableWidth(columns, cells) - 2);
  const rows = cells.flatMap((row) => inRoom(row, room));
  return [
    ...tableLines([...columns, { heading: 'what', align: 'left', max: room }], rows, layout),
    ...(kind.unnamedAttributes > 0 ? [layout.paint.dim('and others, each in a few items')] : []),
  ];
}

/** A row, and more below it where its last cell takes more room. */
function inRoom(row: readonly string[], room: number): string[][] {
  const [content = ''] = row.slice(-1);
  const parts = content.match(/[^ #|/]*[ #|/]?/g) ?? [];
  const [first = '', ...further] = wrap(parts, '', room);
  return [[...row.slice(0, -1), first], ...further.map((part) => [...row.slice(0, -1).map(() => ''), part])];
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

function findingLines(description: TableDescription, { paint, columns }: Layout): string[] {
  const { malformed } = description;
  const sentences = [
    ...(malformed > 0
      ? [`${plural(malformed, 'line')} of the export ${malformed === 1 ? 'is' : 'are'} no record of an item`]
      : []),
    ...findingsIn(description).map((finding) => `${harmless(findingPlace(finding))} ${findingText(finding)}`),
  ];
  if (sentences.length === 0) return [];
  const more = sentences.length - FINDINGS_SHOWN;
  return [
    paint.bold('To look at'),
    ...sentences.slice(0, FINDINGS_SHOWN).flatMap((sentence) => marked(sentence, columns, paint)),
    ...(more > 0 ? [paint.dim(`  … and ${plural(more, 'finding')} more: --format json and html have them all`)] : []),
  ];
}

const MARK = '  ! ';

function marked(sentence: string, columns: number, { yellow }: Paint): string[] {
  const [first = '', ...rest] = wrap(wordsIn(sentence), ' ', columns - MARK.length);
  return [yellow(MARK) + first, ...rest.map((line) => ' '.repeat(MARK.length) + line)];
}
