import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Serves files on loopback, as OneDrive does behind a download address. */
export interface FileServer {
  /** Serves these bytes from now on and gives the address. */
  serve(name: string, bytes: Buffer): string;
  /** Answers an address by hand: a redirect, a refusal, a stream without end. */
  answer(path: string, how: (request: IncomingMessage, response: ServerResponse) => void): string;
  /** Every request: its path and its headers. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** Starts a server of files on a port of its own. */
export async function startFileServer(): Promise<FileServer> {
  const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
  const requests: FileServer['requests'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const answer: FileServer['answer'] = (path, how) => {
    answers.set(path, how);
    return `http://127.0.0.1:${port}${path}`;
  };
  return {
    requests,
    answer,
    serve: (name, bytes) =>
      answer(`/${encodeURIComponent(name)}`, (_, response) => {
        response.writeHead(200, { 'content-length': bytes.length });
        response.end(bytes);
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
