// Sends a live channel elsewhere in the dialplan by AMI, as whoever holds a manager's password could.
import { connect } from 'node:net';
import type { Lab } from '../lab/lab.ts';
import { eventually } from '../lab/processes.ts';

const DEADLINE_MS = 20_000;

/** The answer to `Redirect`; throws where AMI did not carry it out. */
export async function redirect(
  lab: Lab,
  channel: string,
  context: string,
  extension: string,
  priority: number,
) {
  const { host, port, username, password } = lab.ami;
  const socket = connect(port, host);
  let heard = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
  const act = (action: Readonly<Record<string, string>>) =>
    socket.write(
      `${Object.entries(action)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    );
  act({ Action: 'Login', Username: username, Secret: password, Events: 'off' });
  const target = { Channel: channel, Context: context, Exten: extension, Priority: String(priority) };
  act({ Action: 'Redirect', ActionID: 'moved', ...target });
  const answer = () => /Response: (\w+)\r\nActionID: moved/.exec(heard)?.[1];
  await eventually(() => answer() !== undefined, DEADLINE_MS);
  socket.destroy();
  if (answer() !== 'Success') throw new Error(`AMI did not redirect ${channel}:\n${heard}`);
}
