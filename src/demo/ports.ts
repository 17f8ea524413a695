import { connect, createServer, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Says that a port is held by another process. Its message is the sentence to show: what, by whom, what to do. */
export class PortTakenError extends Error {
  constructor(
    readonly port: number,
    /** What probably holds it: `another demo that is still running`. */
    heldBy: string,
    /** What to type instead: `npm run demo -- --port 3979`. */
    instead: string,
  ) {
    super(
      `Port ${port} is taken, probably by ${heldBy}. Stop that, or leave it alone and use another: ${instead}`,
    );
    this.name = 'PortTakenError';
  }
}

/**
 * Makes sure that nothing listens on a loopback port, so that a program which would quietly take another one
 * need not be started. Throws {@link PortTakenError}.
 */
export async function requireFreePort(
  port: number,
  words: { readonly heldBy: string; readonly instead: string },
): Promise<void> {
  // Some systems let a loopback address be bound beside somebody's wildcard, so ask by connecting too; and
  // a browser that opens "localhost" may try IPv6 first.
  const answers = await Promise.all([somethingAnswers(port, LOOPBACK), somethingAnswers(port, '::1')]);
  if (answers.includes(true) || !(await canListen(port))) {
    throw new PortTakenError(port, words.heldBy, words.instead);
  }
}

/** A loopback port that was free a moment ago. Prefer to let a program choose its own where it can say which. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no port'));
      });
    });
  });
}

/** Whether something accepts connections there. */
export async function somethingAnswers(port: number, host: string = LOOPBACK): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ port, host });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.setTimeout(1_000, () => settle(false));
  });
}

async function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}
