import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const RECOVERY_MILLIS = 35 * 86_400_000;

/** Breaks one response off. */
interface Cut {
  readonly path: RegExp;
  readonly afterBytes: number;
}

/**
 * Stands between the emulator and the functions that it runs, and passes everything on but for two things.
 *
 * The emulator says of every table that point-in-time recovery reaches back to this very second; here it reaches back
 * 35 days, as it does for a table that has had it for long. And a response can be broken off, as connections do.
 */
export class LambdaGateway {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #cuts: Cut[] = [];
  /** Paths of responses that were broken off. */
  readonly cutPaths: string[] = [];

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
      if (isRecoveryQuestion(incoming)) void this.#rewrite(response, outgoing);
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

  async #rewrite(response: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const body = Buffer.from(withLongRecovery(Buffer.concat(chunks).toString()));
    const { 'x-amz-crc32': _, ...headers } = response.headers;
    outgoing.writeHead(response.statusCode ?? 502, { ...headers, 'content-length': body.length }).end(body);
  }
}

const isRecoveryQuestion = ({ headers }: IncomingMessage): boolean =>
  String(headers['x-amz-target']).endsWith('.DescribeContinuousBackups');

const withLongRecovery = (json: string): string =>
  json.replace(
    /"EarliestRestorableDateTime":\s*[\d.]+/,
    `"EarliestRestorableDateTime": ${Math.floor((Date.now() - RECOVERY_MILLIS) / 1000)}`,
  );
