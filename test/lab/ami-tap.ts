// Listens on AMI with the rights that the sample of manager.conf gives, and keeps every byte that comes.
import { appendFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { AppError } from '../../src/errors.ts';
import type { Lab } from './lab.ts';
import { eventually } from './processes.ts';
import { drawSecret } from './secret.ts';

const deadlineMs = 20_000;
const bytesMax = 4 * 1024 * 1024;

export interface AmiTap extends AsyncDisposable {
  /** All that came since the login. */
  readonly heard: string;
}

/** `manager` is the text of manager.conf whose user is taken over, without its event filter. */
export async function tapAmi(lab: Lab, manager: string): Promise<AmiTap> {
  const secret = drawSecret();
  const rights = manager.split('\n').filter((line) => /^(read|write|deny|permit)\b/.test(line));
  const user = ['', '[tap]', `secret = ${secret}`, ...rights, ''].join('\n');
  appendFileSync(join(lab.directory, 'etc/manager.conf'), user);
  await lab.console('manager reload');
  const socket = connect(lab.ami.port, lab.ami.host);
  let heard = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => (heard = `${heard}${chunk.toString('latin1')}`.slice(-bytesMax)));
  socket.write(`Action: Login\r\nUsername: tap\r\nSecret: ${secret}\r\n\r\n`);
  if (!(await eventually(() => heard.includes('Authentication accepted'), deadlineMs))) {
    socket.destroy();
    throw new AppError('unavailable', `AMI does not take the tap: ${heard}`);
  }
  return {
    get heard() {
      return heard;
    },
    [Symbol.asyncDispose]: async () => void socket.destroy(),
  };
}
