/** What a command was called with that the next one needs as well. */
export interface TypedOptions {
  readonly stack: string;
  readonly region?: string | undefined;
  /** The table that is counted, where it is known: a deployment needs it named. */
  readonly tableName?: string | undefined;
}

/** What a stack is named where nothing else is said. */
export const DEFAULT_STACK = 'Daytally';

/** Commands inside of a remedy as they have to be typed for this installation: with its stack, region and table. */
export function completeCommands(text: string, { stack, region, tableName }: TypedOptions): string {
  const isOther = stack !== DEFAULT_STACK;
  const ours = [isOther ? ` --stack ${stack}` : '', region === undefined ? '' : ` --region ${region}`].join('');
  const choices = [
    ...(tableName === undefined ? [] : [`tableName=${tableName}`]),
    ...(region === undefined ? [] : [`region=${region}`]),
    ...(isOther ? [`stackName=${stack}`] : []),
  ].map((choice) => `-c ${choice}`);
  const deploy = ['npm run deploy', ...(choices.length === 0 ? [] : ['--', ...choices])].join(' ');
  return text
    .replace(/daytally (?:replay|backfill|reprocess|status|explain)(?: [\w./-]+)*/g, (command) => command + ours)
    .replace(/npm run deploy( --)?/g, (_all, more?: string) => (more && choices.length === 0 ? `${deploy} --` : deploy))
    .replace(/\baws (?=[a-z0-9-]+ [a-z])/g, region === undefined ? 'aws ' : `aws --region ${region} `);
}
