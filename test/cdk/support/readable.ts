import type { Template } from 'aws-cdk-lib/assertions';

export type Properties = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
}

/** All resources of a type by their short ids, with references as text such as `<AnalyticsTable.Arn>`. */
export const resourcesOf = (template: Template, type: string): Record<string, Resource> =>
  Object.fromEntries(
    Object.entries(readable(template.findResources(type)) as Record<string, Resource>).map(([id, resource]) => [
      shortId(id),
      resource,
    ]),
  );

/** The one resource of a type whose short id ends so. */
export function resourceOf(template: Template, type: string, idEnd = ''): Resource {
  const found = Object.entries(resourcesOf(template, type)).filter(([id]) => id.endsWith(idEnd));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources ${type} end in "${idEnd}"`);
  return only[1];
}

/** CloudFormation's intrinsic functions as the text that they stand for. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': getAtt, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${shortId(Ref)}>`;
  if (Array.isArray(getAtt)) return `<${shortId(String(getAtt[0]))}.${getAtt[1]}>`;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(readable).join(String(join[0]));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, readable(child)]));
}

/** Logical ids end in a hash of eight digits that says nothing to a reader. */
const shortId = (logicalId: string): string => logicalId.replace(/^Daytally(?=[A-Z])|[0-9A-F]{8}$/g, '');
