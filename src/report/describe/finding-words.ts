import type { Finding, FindingCode } from '../../domain/describe/findings.ts';
import { MAX_ITEM_BYTES } from '../../domain/describe/findings.ts';
import { formatBytes, formatNumber, plural } from '../format.ts';
import { formNames } from './words.ts';

/** What a finding is about: `cart.expiresAt`. */
export const findingPlace = ({ kind, path }: Finding): string => (path === null ? kind : `${kind}.${path}`);

/** What was found, and what comes of it. */
export const findingText = (finding: Finding): string => sentences[finding.code](finding);

const itemsOf = ({ count }: Finding): string => plural(count, 'item');
const verb = ({ count }: Finding, one: string, many: string): string => (count === 1 ? one : many);

/** `N in 2,662 items, S in 7` */
const parted = <Part extends { readonly items: number }>(
  parts: readonly Part[],
  nameOf: (part: Part) => string,
): string =>
  parts
    .map((part, index) => `${nameOf(part)} in ${index === 0 ? plural(part.items, 'item') : formatNumber(part.items)}`)
    .join(', ');

const sentences: Readonly<Record<FindingCode, (finding: Finding) => string>> = {
  ttlText: (finding) =>
    `is text in ${itemsOf(finding)}: DynamoDB expires only numbers, so ${verb(finding, 'it is', 'they are')} never deleted`,
  ttlTooFine: (finding) =>
    `is not in seconds in ${itemsOf(finding)} but finer: read as seconds it is thousands of years from now, so ${verb(finding, 'it is', 'they are')} never deleted`,
  ttlNoTime: (finding) =>
    `is a number in ${itemsOf(finding)} that is no time of this century: DynamoDB reads seconds since 1970, and deletes nothing that is over by more than five years`,
  ttlAncient: (finding) =>
    `was over in ${itemsOf(finding)} more than five years before the export: DynamoDB leaves such items alone for good`,
  ttlOverdue: (finding) =>
    `was over in ${itemsOf(finding)} more than a week before the export, but DynamoDB deletes within a few days: is time to live on, and for this attribute?`,
  inexactNumbers: ({ count }) =>
    `holds ${plural(count, 'number')} of more digits than a double has: JavaScript and others read another number`,
  mixedTypes: ({ attribute }) => `is of several types: ${parted(attribute?.types ?? [], ({ type }) => type)}`,
  mixedTimes: ({ attribute }) =>
    `is written in several forms: ${parted(attribute?.times ?? [], ({ form }) => formNames[form])}`,
  largeItems: ({ count }) =>
    `has an item of ${formatBytes(count)}, near the limit of ${formatNumber(MAX_ITEM_BYTES)} bytes: a write that makes it larger fails`,
};
