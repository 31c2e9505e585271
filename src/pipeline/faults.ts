/** What is wrong, where, what was expected and found, and how to mend it. */
export interface FaultReport {
  readonly what: string;
  /** Bucket and key, table or field. */
  readonly where?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** A fault that stops a run: nothing is published. Its message is one sentence that says all of the report. */
export class PipelineFault extends Error {
  override readonly name: string = 'PipelineFault';

  constructor(readonly report: FaultReport) {
    super(toMessage(report), report.cause === undefined ? undefined : { cause: report.cause });
  }
}

/** The export does not say what it promised: a missing, damaged or incomplete file, or a form that is not known. */
export class ExportFault extends PipelineFault {
  override readonly name = 'ExportFault';
}

/** An object that a manifest names, or a user, is not there. */
export class MissingObject extends PipelineFault {
  override readonly name = 'MissingObject';

  /** @param more what was found instead, where one can say more than `nothing`, and how to mend it */
  constructor(bucket: string, key: string, cause?: unknown, more: Pick<FaultReport, 'found' | 'remedy'> = {}) {
    const where = `${bucket}/${key}`;
    super({ what: 'an object is missing', where, expected: 'the object', found: 'nothing', cause, ...more });
  }
}

/** What one step of a large aggregation has written for the next is not there any more. */
export class MissingPartial extends PipelineFault {
  override readonly name = 'MissingPartial';

  constructor(bucket: string, key: string, cause: unknown) {
    super({
      what: 'what an earlier step has counted is missing',
      where: `${bucket}/${key}`,
      expected: 'the object, which lives for a day',
      found: 'nothing',
      remedy: START_OVER,
      cause,
    });
  }
}

/** What to do where an intermediate object is of no use. */
export const START_OVER = 'drop the manifest again, which starts the aggregation over';

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** https://nodejs.org/api/zlib.html#zlib-constants: their errors' codes begin so. */
export const isZlibError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

const toMessage = ({ what, where, expected, found, remedy }: FaultReport): string =>
  [
    where === undefined ? what : `${where}: ${what}`,
    expected === undefined ? undefined : `expected ${expected}`,
    found === undefined ? undefined : `found ${found}`,
    remedy,
  ]
    .filter((part) => part !== undefined)
    .join('; ');
