import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** A template, as far as the emulator's limits have to be known in it. */
const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

export type Template = z.output<typeof templateSchema>;

/** https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html */
const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.enum(['zip', 'file']) }),
      destinations: z.record(z.string(), z.object({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
});

/** A file or folder that goes to the bucket of the CDK's assets. */
export interface Asset {
  readonly path: string;
  readonly packaging: 'zip' | 'file';
  readonly bucket: string;
  readonly key: string;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** As {@link synthesize}, for those who may be interrupted meanwhile. */
export async function synthesizeUntil(interrupted: Promise<void>, folder: string): Promise<void> {
  // In a process group of its own: Ctrl-C is ours to answer.
  const child = spawn('npm', ['run', '--silent', 'synth', '--', '--output', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const outcome = await Promise.race([ended, interrupted]);
  if (outcome === undefined && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  const code = await ended;
  if (outcome !== undefined && code !== 0) throw new Error('npm run synth failed: see above');
}

/** Writes the stack to a folder, by the command that a developer uses, with choices of theirs. */
export function synthesize(folder: string, choices: Readonly<Record<string, string>> = {}): void {
  const context = Object.entries(choices).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const { status } = spawnSync('npm', ['run', '--silent', 'synth', '--', '--output', folder, ...context], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('npm run synth failed: see above');
}

/** What `npm run synth` has written: the template that would be deployed, and the functions' code. */
export function readSynthesizedStack(folder: string, stackName: string, accountId: string) {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { files } = assetsSchema.parse(read(`${stackName}.assets.json`));
  const assets = Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ bucketName, objectKey }): Asset => ({
        path: join(folder, source.path),
        packaging: source.packaging,
        bucket: bucketName.replace(`\${AWS::AccountId}`, accountId),
        key: objectKey,
      }),
    ),
  );
  return { template: templateSchema.parse(read(`${stackName}.template.json`)), assets };
}
