import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** AWS behind an HTTP endpoint, as far as our functions need it: for bundles, whose clients no mock can reach. */
export interface HttpAws {
  readonly endpoint: string;
  /** What lies in the one bucket, daytally-exports. */
  readonly objects: Map<string, Uint8Array>;
  /** Operations of the JSON protocols that were called, in order. */
  readonly asked: string[];
  close(): void;
}

/** S3 by path, CloudWatch and DynamoDB's exports. @param answers by the name of an operation; else `{}` */
export async function startHttpAws(answers: Readonly<Record<string, unknown>> = {}): Promise<HttpAws> {
  const objects = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '', 'http://localhost');
    const key = decodeURIComponent(url.pathname.replace('/daytally-exports', '').slice(1));
    if (request.method === 'POST') {
      const [, operation = ''] = `${request.headers['x-amz-target']}`.split('.');
      asked.push(operation);
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answers[operation] ?? {}));
    } else if (request.method === 'PUT') {
      objects.set(key, Buffer.concat(chunks));
      response.end();
    } else if (url.searchParams.has('list-type')) {
      const keys = [...objects.keys()].map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
      response.setHeader('content-type', 'application/xml').end(`<ListBucketResult>${keys}</ListBucketResult>`);
    } else get(objects.get(key), request.headers.range, response);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function get(bytes: Uint8Array | undefined, range: string | undefined, response: ServerResponse): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? 'bytes=0-') ?? [];
  const part = bytes?.subarray(Number(from), to ? Number(to) + 1 : undefined);
  response.writeHead(part === undefined ? 404 : 200, { etag: '"etag"' });
  response.end(part ?? '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
}
