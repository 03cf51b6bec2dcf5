// A small SMTP server (RFC 5321) that keeps what it takes, and does what a test wants instead.
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Head and body as they came, without the closing dot. */
  readonly data: string;
  readonly encrypted: boolean;
  /** What AUTH said, decoded; '' without. */
  readonly login: string;
}

export interface SmtpOptions {
  /** Offered as STARTTLS; without it nothing is encrypted. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** From the first byte. */
  readonly implicit?: boolean;
  readonly auth?: boolean;
}

/** An answer in place of the usual one to a command; null for the usual one, '' for silence. */
type Instead = (line: string) => string | null;

export interface SmtpServer extends AsyncDisposable {
  readonly port: number;
  readonly taken: TakenMail[];
  /** Every line of every client. */
  readonly lines: string[];
  instead: Instead;
  connections(): number;
}

export async function startSmtpServer(options: SmtpOptions = {}): Promise<SmtpServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    const { tls } = options;
    talk(options.implicit === true && tls ? secured(socket, tls) : socket, options.implicit === true, true);
  });
  const smtp: SmtpServer = {
    port: 0,
    taken: [],
    lines: [],
    instead: () => null,
    connections: () => open.size,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function talk(socket: Socket, encrypted: boolean, isNew: boolean): void {
    let rest = '';
    let mail = { from: '', to: [] as string[], login: '' };
    let data: string[] | null = null;
    const say = (line: string) => void (socket.destroyed || socket.write(`${line}\r\n`));
    const usual = (line: string): string => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') {
        const more = [
          ...(options.tls && !encrypted ? ['STARTTLS'] : []),
          ...(options.auth ? ['AUTH PLAIN'] : []),
        ];
        return ['250-lab', ...more.map((word) => `250-${word}`), '250 8BITMIME'].join('\r\n');
      }
      if (verb === 'AUTH') {
        mail.login = Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString()
          .replaceAll('\0', '|');
        return '235 welcome';
      }
      if (verb === 'MAIL') mail.from = line;
      if (verb === 'RCPT') mail.to.push(line);
      if (verb === 'DATA') data = [];
      if (verb === 'DATA') return '354 go on';
      return verb === 'QUIT' ? '221 bye' : '250 fine';
    };
    const hear = (line: string) => {
      if (data && line !== '.') return void data.push(line);
      const answer = smtp.instead(data ? '.' : line);
      if (data) {
        if (answer === null) smtp.taken.push({ ...mail, data: data.join('\r\n'), encrypted });
        [data, mail] = [null, { from: '', to: [], login: '' }];
        return answer === '' ? undefined : say(answer ?? '250 taken');
      }
      smtp.lines.push(line);
      if (answer !== null) return answer === '' ? undefined : say(answer);
      if (line.toUpperCase() === 'STARTTLS' && options.tls) {
        say('220 go on');
        socket.removeAllListeners('data');
        return talk(secured(socket, options.tls), true, false);
      }
      return say(usual(line));
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
    if (!isNew) return;
    const greeting = smtp.instead('');
    if (greeting !== '') say(greeting ?? '220 lab');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return Object.assign(smtp, { port: typeof address === 'object' && address ? address.port : 0 });
}

function secured(socket: Socket, tls: { readonly key: string; readonly cert: string }): Socket {
  return new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) });
}
