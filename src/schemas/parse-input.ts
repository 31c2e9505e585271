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
 * @param meaning what an issue comes to, where that is said better by others
 * @throws InvalidInput
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  name: string,
  meaning: (issue: z.core.$ZodIssue) => readonly z.core.$ZodIssue[] = (issue) => [issue],
): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInput(
    name,
    result.error.issues.flatMap(meaning).flatMap((issue) =>
      pathsOf(issue).map((path) => ({
        path: path.length === 0 ? '(whole)' : path.join('.'),
        expected: issue.message,
        found: preview(path.reduce<unknown>(child, input)),
      })),
    ),
  );
}

/** Where an issue is: of keys that should not be there, at each of them. */
const pathsOf = (issue: z.core.$ZodIssue): PropertyKey[][] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

/** Parses JSON text, then as {@link parseInput}. */
export const parseJsonInput = <S extends z.ZodType>(schema: S, text: string, name: string): z.output<S> =>
  parseInput(schema, parseJsonText(text, name), name);

/**
 * A byte order mark, which some editors put in front, is none of the text.
 * @throws InvalidInput where it is no JSON
 */
export function parseJsonText(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const found = `${preview(text)} (${(cause as SyntaxError).message})`;
    throw new InvalidInput(name, [{ path: '(whole)', expected: 'JSON', found }], { cause });
  }
}

const child = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

const PREVIEW_LENGTH = 80;

/** A value from outside as messages show it: its beginning, as JSON; what JSON has no form for by its type. */
export const preview = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value, bigintAsText) ?? `a ${typeof value}`);
  return text.length > PREVIEW_LENGTH ? `${text.slice(0, PREVIEW_LENGTH)}…` : text;
};

const bigintAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
