import type { AttributeDescription, KindDescription } from '../describe/description.ts';

/** An attribute, or one inside of a map, with its path as a definition writes it. */
export interface PathDescription extends AttributeDescription {
  readonly path: string;
  readonly isInside: boolean;
}

export const escapedPath = (names: readonly string[]): string =>
  names.map((name) => name.replaceAll('.', '\\.')).join('.');

/** All that a definition can name of a kind: attributes first, then what is in maps. */
export const pathsOf = ({ attributes }: Pick<KindDescription, 'attributes'>): PathDescription[] => [
  ...attributes.map((attribute) => ({ ...attribute, path: escapedPath([attribute.name]), isInside: false })),
  ...attributes.flatMap(({ name, members }) =>
    members.map((member) => ({ ...member, path: escapedPath([name, member.name]), isInside: true })),
  ),
];
