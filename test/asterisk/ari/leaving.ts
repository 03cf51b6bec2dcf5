// A program that connects, asks once, disconnects and must then end by itself; run by the contract as a process.
import { connectAri } from '../../../src/asterisk/ari/connect.ts';

const [url = '', username = '', password = '', transport = ''] = process.argv.slice(2);
const link = await connectAri(
  {
    url,
    username,
    password,
    application: 'callwarden',
    transport: transport === 'ari-client' ? 'ari-client' : 'websocket',
    commandDeadlineMs: 60_000,
    connectDeadlineMs: 60_000,
    onEvent: () => {},
    onProblem: () => {},
  },
  new AbortController().signal,
);
await link.ping();
await link[Symbol.asyncDispose]();
process.stdout.write(link.kind);
