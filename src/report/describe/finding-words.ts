import type { Finding, FindingCode } from '../../domain/describe/findings.ts';
import { MAX_ITEM_BYTES } from '../../domain/describe/findings.ts';
import { formatBytes, formatNumber, plural } from '../format.ts';
import { formNames, percent, typesText } from './words.ts';

/** What a finding is about: `cart.expiresAt`. */
export const findingPlace = ({ kind, path }: Finding): string => (path === null ? kind : `${kind}.${path}`);

/** What was found, and what comes of it. */
export const findingText = (finding: Finding): string => sentences[finding.code](finding);

const itemsOf = ({ count }: Finding): string => plural(count, 'item');
const verb = ({ count }: Finding, one: string, many: string): string => (count === 1 ? one : many);

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
  mixedTypes: ({ attribute }) => `is of several types: ${attribute === null ? '' : typesText(attribute)}`,
  mixedTimes: ({ attribute }) =>
    `is written in several forms: ${(attribute?.times ?? []).map(({ form, items }) => `${formNames[form]} ${percent(items / (attribute?.items ?? 1))}`).join(', ')}`,
  largeItems: ({ count }) =>
    `has an item of ${formatBytes(count)}, near the limit of ${formatNumber(MAX_ITEM_BYTES)} bytes: a write that makes it larger fails`,
};
