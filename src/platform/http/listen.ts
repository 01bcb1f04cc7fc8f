import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type Koa from 'koa';

export interface Listening {
  url: string;
  port: number;
  /** Take nothing new, let running requests finish, and cut what is left after the grace. */
  stop(graceMs?: number): Promise<void>;
}

/** Longest a stop waits for running requests, in ms. */
const GRACE_MS = 4_500;

/** What the system answers when an address cannot be had, and the cure. */
const CURES: Readonly<Record<string, string>> = {
  EADDRINUSE: '已被占用：可能已经启动过一次，或用 PORT 换一个端口',
  EACCES: '没有权限使用：请用 PORT 换一个 1024 以上的端口',
  EADDRNOTAVAIL: '不是本机的地址：请检查 HOST',
  ENOTFOUND: '找不到这个主机名：请检查 HOST',
};

/**
 * Serve the app. Port 0 takes a free one.
 * @throws Error with the cure when the address is taken or not ours
 */
export async function listen(app: Koa, at: { host: string; port: number }): Promise<Listening> {
  const server = createServer(app.callback());
  const stop = stopper(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    const cure = CURES[error.code ?? ''];
    throw cure ? new Error(`${at.host}:${at.port} ${cure}`, { cause: error }) : error;
  });
  const { port } = server.address() as AddressInfo;
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  return { url: `http://${host}:${port}`, port, stop: (graceMs = GRACE_MS) => stop(graceMs) };
}

/**
 * Node's own `close` waits for browsers that opened a connection ahead and never used it, and for those that
 * keep one alive after their last answer. So we know which connections are at work, and end the others.
 */
function stopper(server: Server): (graceMs: number) => Promise<void> {
  const running = new Map<Socket, number>();
  let stopping = false;
  server.on('connection', (socket: Socket) => {
    running.set(socket, 0);
    socket.once('close', () => running.delete(socket));
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    running.set(socket, (running.get(socket) ?? 0) + 1);
    if (stopping) response.setHeader('Connection', 'close');
    response.once('close', () => {
      const left = (running.get(socket) ?? 1) - 1;
      if (running.has(socket)) running.set(socket, left);
      if (stopping && left === 0) socket.destroySoon();
    });
  });
  return (graceMs) =>
    new Promise((resolve, reject) => {
      stopping = true;
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      server.close((error) => {
        clearTimeout(cut);
        if (error) reject(error);
        else resolve();
      });
      for (const [socket, count] of running) if (count === 0) socket.destroy();
    });
}
