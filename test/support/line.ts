/** A line between a browser and a house that can be cut, mended, and made to lose an answer. */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Line {
  /** The house as the browser knows it. */
  url: string;
  /** From now on nothing gets through, in either direction. */
  cut(): void;
  mend(): void;
  /** The next request with this method and path is carried out by the house, and its answer is lost: the line is cut. */
  loseAnswer(method: string, path: string): void;
  /** Requests that reached the house, as `POST /cases/new`. */
  readonly reached: string[];
  close(): Promise<void>;
}

/** Hold the browser's end at `url` and carry everything to `house`. */
export async function layLine(house: string): Promise<Line> {
  const sockets = new Set<Socket>();
  const reached: string[] = [];
  let isCut = false;
  let lost: { method: string; path: string } | null = null;
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const isLost = (asked: IncomingMessage) =>
    asked.method === lost?.method && asked.url?.split('?')[0] === lost?.path;
  const server = createServer((asked, answer) => {
    reached.push(`${asked.method} ${asked.url}`);
    const swallow = isLost(asked);
    const to = request(
      new URL(asked.url ?? '/', house),
      { method: asked.method, headers: asked.headers, setHost: false },
      (from) => {
        if (!swallow) {
          answer.writeHead(from.statusCode ?? 502, from.rawHeaders);
          from.pipe(answer);
          return;
        }
        lost = null;
        from.resume().on('end', cut);
      },
    );
    to.on('error', () => answer.destroy());
    asked.pipe(to);
  });
  server.on('connection', (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      isCut = false;
    },
    loseAnswer(method, path) {
      lost = { method, path };
    },
    reached,
    close: () =>
      new Promise((done) => {
        cut();
        server.close(() => done());
      }),
  };
}
