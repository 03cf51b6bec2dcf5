// Whatever the daemon behind the FastAGI door does, nothing chargeable goes out without its verdict, and emergency calls do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAsterisk } from '../lab/install.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { startRogueAgi, type Asked, type Behaviour, type RogueAgi } from './rogue-agi.ts';

const abroad = '00541938384';
const other = '00541938385';
const national = '5512345678';
const decisionMs = 1200;

const set = (name: string, value: string) => `SET VARIABLE ${name} "${value}"\n`;
const verdict = (words: string) => set('CALLWARDEN_VERDICT', words);
const right = ({ nonce, dialled }: Asked) => verdict(`allow:${nonce}:${dialled}`);
const says =
  (words: (asked: Asked) => string): Behaviour =>
  (asked) =>
    void asked.socket.end(words(asked));

let old = '';

/** What the daemon does to a call abroad that it has not allowed. */
const faults: readonly (readonly [string, Behaviour])[] = [
  ['accepts and closes, as one that crashes', ({ socket }) => void socket.end()],
  ['accepts and resets', ({ socket }) => void socket.resetAndDestroy()],
  ['never answers', () => undefined],
  ['says half a line and no more', ({ socket }) => breaksOff(socket, 'SET VARIABLE CALLWARDEN_VER')],
  [
    'breaks off in the verdict',
    ({ socket, nonce }) => breaksOff(socket, `SET VARIABLE CALLWARDEN_VERDICT "allow:${nonce}`),
  ],
  ['sets the number and dies before the verdict', says(({ dialled }) => set('CALLWARDEN_NUMBER', dialled))],
  ['talks HTTP', says(() => 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nallow')],
  ['says what the verdict of another call was', says(() => old)],
  ['allows another number', says(({ nonce }) => verdict(`allow:${nonce}:${other}`))],
  [
    'allows another number and puts that in the place of what was dialled',
    says(({ nonce }) => verdict(`allow:${nonce}:${other}`) + set('CALLWARDEN_DIALLED', other)),
  ],
  ['says a bare allow', says(() => verdict('allow'))],
  ['says AGISTATUS', says(() => set('AGISTATUS', 'SUCCESS'))],
  ['allows with the nonce of none', says(({ dialled }) => verdict(`allow::${dialled}`))],
  ['tells a limit that was not said', says(({ nonce, dialled }) => verdict(`limit:${nonce}:${dialled}`))],
  [
    'allows too late',
    (asked) => void setTimeout(() => asked.socket.end(right(asked)), decisionMs + 600).unref(),
  ],
  ['floods', ({ socket }) => flood(socket)],
  ['says ten thousand things that are none', says(() => 'GET THE MONEY\n'.repeat(10_000))],
  ['says a line of a megabyte', says(() => `${'x'.repeat(1_000_000)}\n`)],
];

/** Asterisk would spin on half a line for ever: a watchdog ends such a daemon. */
function breaksOff(socket: Asked['socket'], text: string): void {
  socket.write(text);
  setTimeout(() => socket.destroy(), decisionMs + 500).unref();
}

function flood(socket: Asked['socket']): void {
  const more = setInterval(() => void socket.write('NOOP\n'), 1);
  socket.once('close', () => clearInterval(more));
}

describe('with a daemon behind FastAGI that fails', () => {
  let pbx: Pbx;
  let rogue: RogueAgi;
  let phone: Phone;
  let bystander: Phone;

  beforeAll(async () => {
    await ensureAsterisk(22, () => undefined);
    rogue = await startRogueAgi();
    pbx = await startPbx({ daemon: false, door: 'agi', agiPort: rogue.port, decisionMs });
    phone = await pbx.lab.phone('1001');
    bystander = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
    await rogue?.[Symbol.asyncDispose]();
  });

  const goesOut = async (from: Phone, dialled: string) => {
    const call = await from.call(dialled);
    await call.waitAnswered(decisionMs + 3000);
    expect(pbx.lab.carrier.numbers.at(-1)).toBe(dialled);
    await call.hangup();
  };

  /** The call abroad is refused, and no other caller is kept from help. */
  const leaksNothing = async () => {
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(abroad);
    await goesOut(bystander, '911');
    const final = await call.waitFinal(decisionMs + 4000);
    expect(final).toMatchObject({ status: 503, cause: 42 });
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual(['911']);
  };

  it('lets a call out on the right verdict, with its newline or without', async () => {
    for (const say of [right, (asked: Asked) => right(asked).trimEnd()]) {
      rogue.behave = says((asked) => (old = say(asked)));
      await goesOut(phone, abroad);
    }
  });

  it.each(faults)('lets nothing out when it %s', async (_what, behave) => {
    const before = rogue.connections;
    rogue.behave = behave;
    await leaksNothing();
    expect(rogue.connections).toBe(before + 1);
  });

  it('lets national calls out by the static rules when it never answers', async () => {
    rogue.behave = () => undefined;
    await goesOut(phone, national);
  });

  it('holds an allowed call beyond the deadline of its question', async () => {
    rogue.behave = says(right);
    const call = await phone.call(abroad);
    await call.waitAnswered();
    await new Promise((resolve) => setTimeout(resolve, decisionMs + 500));
    expect(call.ending).toBeNull();
    await call.hangup();
  });

  it('lets nothing out when it does not listen, and asks again when it does', async () => {
    await rogue.stop();
    await leaksNothing();
    await goesOut(phone, national);
    await rogue.listen();
    rogue.behave = says(right);
    await goesOut(phone, abroad);
    await pbx.lab.waitIdle(20_000);
  });
});
