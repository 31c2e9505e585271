import { parseArgs } from 'node:util';
import { PipelineFault } from '../src/pipeline/faults.ts';
import { harmless } from '../src/report/terminal-text.ts';
import { answerAll } from './verify-aws/answers.ts';

/*
 * `npm run verify:aws -- --stack Daytally [--region eu-west-2]`: what only a real account can prove, as far as that can be
 * looked up without changing anything. docs/first-deployment.md has the whole list, by the same numbers.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { values } = parseArgs({
  options: { stack: { type: 'string', default: 'Daytally' }, region: { type: 'string' } },
});

const cell = (text: string): string => harmless(text).replaceAll('|', '\\|');

try {
  const answers = await answerAll({ stack: values.stack, region: values.region });
  const rows = answers.map(({ number, question, verdict, found, expected }) =>
    [`${number}`, question, verdict, found, expected].map(cell),
  );
  const lines = [['', 'what', '', 'found', 'expected'], Array(5).fill('---'), ...rows];
  process.stdout.write(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
  if (answers.some(({ verdict }) => verdict === 'OTHER')) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof PipelineFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
