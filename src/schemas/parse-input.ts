import type { z } from 'zod';

/** One thing that is wrong with an input: where, what was expected and what stood there. */
export interface InputIssue {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** Something from outside is not of the form that it must have. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  constructor(
    /** What was read, such as `manifest-summary.json of s3://bucket/key`. */
    readonly input: string,
    readonly issues: readonly InputIssue[],
    options?: ErrorOptions,
  ) {
    super(
      `${input} is not valid: ${issues.map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`).join('; ')}`,
      options,
    );
  }
}

/**
 * Parses an input from outside, or says of each wrong part its path, what was expected and what was found.
 * Not for export records: those hold personal data, and their rejections carry reason codes instead.
 * @throws InvalidInput
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, name: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInput(
    name,
    result.error.issues.map((issue) => ({
      path: issue.path.length === 0 ? '(whole)' : issue.path.join('.'),
      expected: issue.message,
      found: preview(issue.path.reduce<unknown>(child, input)),
    })),
  );
}

/** Parses JSON text, then as {@link parseInput}. */
export function parseJsonInput<S extends z.ZodType>(schema: S, text: string, name: string): z.output<S> {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (cause) {
    throw new InvalidInput(name, [{ path: '(whole)', expected: 'JSON', found: preview(text) }], { cause });
  }
  return parseInput(schema, input, name);
}

const child = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

const PREVIEW_LENGTH = 80;

const preview = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > PREVIEW_LENGTH ? `${text.slice(0, PREVIEW_LENGTH)}…` : text;
};
