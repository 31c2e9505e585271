import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const DAY_SECONDS = 86_400;

/** What DynamoDB answers, as far as it is changed on the way. */
interface Answer {
  readonly ContinuousBackupsDescription?: {
    readonly PointInTimeRecoveryDescription?: { EarliestRestorableDateTime?: number; RecoveryPeriodInDays?: number };
  };
  readonly ExportDescription?: object;
}

/** Breaks one response off. */
interface Cut {
  readonly path: RegExp;
  readonly afterBytes: number;
}

/**
 * Stands between the emulator and the functions that it runs, and passes everything on but for three things.
 *
 * The emulator says of every table that point-in-time recovery reaches back to this very second; here it reaches back as
 * many days as the table's owner has it keep, as it does for a table that has had it for long. Its exports never fail; here
 * they can have failed. And a response can be broken off, as connections do.
 */
export class LambdaGateway {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #cuts: Cut[] = [];
  /** Paths of responses that were broken off. */
  readonly cutPaths: string[] = [];
  /** How many days the table's owner has recovery keep. */
  recoveryPeriodDays = 35;
  /** Why exports have failed, all of them, where they have. */
  failure: { readonly FailureCode: string; readonly FailureMessage: string } | undefined;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((incoming, outgoing) => this.#passOn(incoming, outgoing));
  }

  static async start(targetPort: number): Promise<LambdaGateway> {
    const gateway = new LambdaGateway(targetPort);
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next response to a GET of a matching path ends after so many bytes, by a broken connection. */
  cutNext(path: RegExp, afterBytes: number): void {
    this.#cuts.push({ path, afterBytes });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #passOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url: path, headers } = incoming;
    const forwarded = request({ host: '127.0.0.1', port: this.#targetPort, method, path, headers }, (response) => {
      const rewriting = this.#rewritingFor(incoming);
      if (rewriting !== undefined) void this.#rewrite(response, outgoing, rewriting);
      else this.#relay(response, outgoing, this.#cutFor(incoming));
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  }

  #cutFor({ method, url = '' }: IncomingMessage): Cut | undefined {
    const at = method === 'GET' ? this.#cuts.findIndex(({ path }) => path.test(url)) : -1;
    if (at === -1) return undefined;
    this.cutPaths.push(url);
    return this.#cuts.splice(at, 1)[0];
  }

  #relay(response: IncomingMessage, outgoing: ServerResponse, cut: Cut | undefined): void {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    if (cut === undefined) {
      response.pipe(outgoing);
      return;
    }
    response.once('data', (chunk: Buffer) => {
      outgoing.write(chunk.subarray(0, cut.afterBytes), () => outgoing.destroy());
      response.destroy();
    });
  }

  #rewritingFor({ headers }: IncomingMessage): ((answer: Answer) => Answer) | undefined {
    const { failure } = this;
    const operation = String(headers['x-amz-target']).split('.')[1];
    if (operation === 'DescribeContinuousBackups') return (answer) => withRecovery(answer, this.recoveryPeriodDays);
    if (operation === 'DescribeExport' && failure !== undefined) return (answer) => withFailure(answer, failure);
    return undefined;
  }

  async #rewrite(
    response: IncomingMessage,
    outgoing: ServerResponse,
    rewriting: (answer: Answer) => Answer,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const body = Buffer.from(JSON.stringify(rewriting(JSON.parse(Buffer.concat(chunks).toString()))));
    const { 'x-amz-crc32': _, ...headers } = response.headers;
    outgoing.writeHead(response.statusCode ?? 502, { ...headers, 'content-length': body.length }).end(body);
  }
}

function withRecovery(answer: Answer, periodDays: number): Answer {
  const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  if (recovery?.EarliestRestorableDateTime !== undefined) {
    recovery.EarliestRestorableDateTime = Math.floor(Date.now() / 1000) - periodDays * DAY_SECONDS;
    recovery.RecoveryPeriodInDays = periodDays;
  }
  return answer;
}

const withFailure = (answer: Answer, failure: object): Answer => ({
  ...answer,
  ExportDescription: { ...answer.ExportDescription, ExportStatus: 'FAILED', ...failure },
});
