// Browsers that watch, as far as the daemon can tell: each follows the live events on a connection of its own and reads all.
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';

/** From the parent, on standard input, as tokens are no arguments; then a line for each question. */
interface Orders {
  readonly url: string;
  readonly watchers: number;
  readonly tokens: readonly string[];
}

/** What they have read since they are all there, of the event that each decision makes. */
export interface Watched {
  readonly open: number;
  readonly decisionsLeast: number;
  readonly decisionsMost: number;
  readonly bytes: number;
}

const TOO_MANY = 429;

const counts: number[] = [];
let open = 0;
let bytes = 0;

function follow(orders: Orders, index: number): Promise<void> {
  const { url, tokens } = orders;
  counts[index] = 0;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${tokens[index % tokens.length]}`, accept: 'text/event-stream' };
    const request = get(`${url}/api/v1/events`, { headers, agent: false }, (response: IncomingMessage) => {
      if (response.statusCode === TOO_MANY) {
        // All behind one address: who is told to come again does so, as a browser would.
        response.resume();
        const afterMs = 1000 * Number(response.headers['retry-after'] ?? '1');
        setTimeout(() => void follow(orders, index).then(resolve, reject), afterMs);
        return;
      }
      if (response.statusCode !== 200) {
        reject(new Error(`Watcher ${index} got ${response.statusCode}.`));
        return;
      }
      open += 1;
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        bytes += chunk.length;
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        counts[index] = (counts[index] ?? 0) + lines.filter((line) => line === 'event: decision').length;
        if (lines.includes('event: board')) resolve();
      });
      response.on('close', () => (open -= 1));
    });
    request.on('error', reject);
  });
}

const input = createInterface({ input: process.stdin });
const lines = input[Symbol.asyncIterator]();
const first = await lines.next();
const given = JSON.parse(String(first.value)) as Orders;
await Promise.all(Array.from({ length: given.watchers }, (_, index) => follow(given, index)));
console.log('ready');
for await (const line of { [Symbol.asyncIterator]: () => lines }) {
  if (line !== 'count') break;
  const watched: Watched = {
    open,
    decisionsLeast: Math.min(...counts),
    decisionsMost: Math.max(...counts),
    bytes,
  };
  console.log(JSON.stringify(watched));
}
process.exit(0);
