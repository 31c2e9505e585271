import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Terminal } from '../terminal/terminal.ts';
import { answered, type InitChoices, type InitOptions } from './answers.ts';
import { cdkApp, cdkJson, snippet } from './cdk-app.ts';
import { firstDefinition } from './first-definition.ts';

/** Writes what a deployment needs, and says how to go on. */
export async function init(options: InitOptions, terminal: Terminal): Promise<void> {
  const choices = await answered(options);
  const { out, cdk } = choices;
  await mkdir(out, { recursive: true });
  await writeDefinition(join(out, 'daytally.json'), options.export, terminal);
  if (cdk === 'app') {
    await write(join(out, 'app.mjs'), cdkApp(choices), terminal);
    await write(join(out, 'cdk.json'), cdkJson(), terminal);
  } else {
    terminal.result(`In your stack:\n\n${snippet(choices)}`);
  }
  terminal.result(nextSteps(choices).join('\n'));
}

/** Of what is in the table, where there is an export of it. */
async function writeDefinition(file: string, path: string | undefined, terminal: Terminal): Promise<void> {
  if (path === undefined || existsSync(file)) return await write(file, firstDefinition(), terminal);
  const { draftOf } = await import('../describe/tell-table.ts');
  await draftOf(path, file, terminal);
}

/** Never over a file that is there: it may be half a day's work. */
async function write(file: string, text: string, { note }: Terminal): Promise<void> {
  if (existsSync(file)) return note(`${file} is there already: left as it is`);
  await writeFile(file, text, { flag: 'wx' });
  note(`wrote ${file}`);
}

/** What to type, in its order, with what it is for above each. */
function nextSteps({ out, cdk, region }: InitChoices): string[] {
  const enter = out === '.' ? [] : ['Go there:', `  cd ${out}`];
  return [
    '',
    'Next:',
    ...enter,
    'Install the construct and the CDK:',
    '  npm install aws-cdk-lib constructs aws-cdk daytally',
    'Say in daytally.json what is counted (an editor completes it), and try it on an export of the table:',
    '  daytally check daytally.json ./my-export',
    'Once for each account and region:',
    `  npx cdk bootstrap aws://<account>/${region}`,
    'Deploy it; the table needs point-in-time recovery:',
    '  npx cdk deploy',
    'See that it is well:',
    `  daytally doctor --stack ${cdk === 'app' ? 'Daytally' : '<your stack>'} --region ${region}`,
  ];
}
