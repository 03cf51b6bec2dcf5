// `npm run demo`: a real Asterisk, real SIP phones, real calls: barring and pickup told as they happen, then a console to watch.
import { createInterface } from 'node:readline';
import { parseArgs, styleText } from 'node:util';
import { answer } from '../test/lab/phone/behaviour.ts';
import { ensureAsterisk } from '../test/lab/install.ts';
import type { Phone } from '../test/lab/phone/phone.ts';
import { startPbx, type Pbx } from '../test/pbx.ts';
import { letRing, showCommand, takeAndTell, tellFirstPhone, tellRecord } from './demo/pickups.ts';
import { addDemoLogin, loginLine, tellLogin } from './demo/console.ts';
import { placeLiveCalls, type Household } from './demo/live.ts';
import { placeAndTell } from './demo/outbound.ts';
import { command, event, heading, line } from './demo/say.ts';

const MINUTES_MAX = 24 * 60;
/** Long enough to find the button. */
const LIVE = { ringMs: 15_000, pauseMs: 4000 };

const { values: options } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    minutes: { type: 'string', default: process.stdout.isTTY ? '30' : '0' },
    asterisk: { type: 'string', default: '22' },
    help: { type: 'boolean', default: false },
  },
});

// Exit handlers take everything away: Asterisk, daemon, phones and files.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.log('\nEnded: Asterisk, the daemon, the phones and their files are taken away.');
    process.exit(130);
  });
}

if (options.help) {
  console.log(
    `npm run demo -- [--once] [--minutes 30] [--keep] [--asterisk 16]

  --once         the story alone
  --minutes n    then calls to watch in the console for so long; 30 in a terminal, else none
  --keep         leave the PBX running to play with, until Ctrl-C`,
  );
} else {
  await demo();
}

async function demo(): Promise<void> {
  const asterisk = options.asterisk === '16' ? 16 : 22;
  const install = await ensureAsterisk(asterisk, (message) => console.log(message));
  heading(`Callwarden beside Asterisk ${install.version}: private files, loopback ports, real SIP phones`);
  const then = options.once ? '' : ', then the console to look around in';
  console.log(`A minute of calls, each told as it happens${then}. Ctrl-C ends it all.`);
  const policy = [
    'country allow AR',
    'extension set 1001 --international on --name Alice',
    'extension set 1002 --name Bob',
    'pickup group create sales --number 7',
    'pickup group add sales 1002 1003 1004',
  ];
  command('init --home-region MX --international-prefix 00');
  for (const each of policy) command(each);
  await using pbx = await startPbx({ asterisk, policy, verbosity: 0, web: true });
  const { ari } = await pbx.status();
  line('daemon', `up, ARI by ${ari.kind} to Asterisk ${ari.asteriskVersion}`);

  const [alice, bob, carol, dave, eve] = await Promise.all([
    pbx.lab.phone('1001'),
    pbx.lab.phone('1002'),
    pbx.lab.phone('1003'),
    pbx.lab.phone('1004'),
    pbx.lab.phone('1005'),
  ]);
  await outboundCalls(pbx, alice, bob);
  const household = { alice, bob, carol, dave, eve };
  await pickups(pbx, household);
  await withoutTheDaemon(pbx, alice);
  heading('Done: every call was placed by a real phone through a real Asterisk.');
  const minutes = options.once ? 0 : Math.min(Number(options.minutes) || 0, MINUTES_MAX);
  if (minutes > 0 && !options.keep) await watchLive(pbx, household, minutes);
  if (minutes === 0 && !options.once && !options.keep) {
    console.log(
      'This is no terminal: npm run demo -- --minutes 30 goes on with calls to watch in the console.',
    );
  }
  if (options.keep) {
    const phones = [alice, bob, carol, dave, eve];
    for (const phone of phones) phone.whenCalled = answer(2000);
    await keep(pbx, new Map(phones.map((phone) => [phone.extension, phone])));
  }
}

async function outboundCalls(pbx: Pbx, alice: Phone, bob: Phone): Promise<void> {
  heading(
    'Outbound calls: home Mexico, dialing code 00, Argentina allowed, 1001 may call abroad, 1002 may not',
  );
  await placeAndTell(pbx, alice, '00541938384', 'Argentina');
  await placeAndTell(pbx, alice, '+541938384', 'the same with +');
  await placeAndTell(pbx, alice, '00621938384', 'Indonesia');
  await placeAndTell(pbx, alice, '541938384', 'no dialing code: the outbound route decides');
  await placeAndTell(pbx, alice, '0018765550123', 'Jamaica, behind +1');
  await placeAndTell(pbx, bob, '00541938384', 'no right');
  await placeAndTell(pbx, bob, '5512345678', 'Mexico City');
  await placeAndTell(pbx, bob, '911', 'emergency');
  await placeAndTell(pbx, bob, '*00*541938384', 'no number');
  command('country allow ID');
  await pbx.change('country allow ID');
  await placeAndTell(pbx, alice, '00621938384', 'Indonesia, now allowed');
}

async function pickups(pbx: Pbx, { alice, bob, carol, dave, eve }: Household): Promise<void> {
  heading('Pickup: 1002, 1003 and 1004 share a group, 1005 does not');
  const [call, ringing] = await letRing(alice, '1002', bob);
  await takeAndTell([eve], '**1002');
  await tellRecord(pbx);
  const [taken] = await takeAndTell([carol], '*8');
  await tellFirstPhone(bob, ringing);
  await call.waitAnswered();
  line('1001', 'is connected');
  await tellRecord(pbx);
  await taken?.hangup();
  await call.waitEnded();

  const [second, atBob] = await letRing(alice, '1002', bob);
  event('1003 and 1004 dial the code at the same instant');
  const takers = await takeAndTell([carol, dave], '**1002');
  await tellFirstPhone(bob, atBob);
  await second.waitAnswered();
  await Promise.all(takers.map((taker) => taker.giveUp()));
  await second.waitEnded();

  event('1003 asks for the call of 1004, where nothing rings');
  await takeAndTell([carol], '**1004');
  await showCommand(pbx, 'pickup why 1005 1002');
  await showCommand(pbx, 'pickup stats');
}

async function withoutTheDaemon(pbx: Pbx, alice: Phone): Promise<void> {
  heading('Without the daemon (kill -9): nothing chargeable goes out, the rest of the house keeps calling');
  await pbx.endDaemon('SIGKILL');
  await placeAndTell(pbx, alice, '00541938384', 'Argentina, no verdict');
  await placeAndTell(pbx, alice, '911', 'emergency');
  await placeAndTell(pbx, alice, '5512345678', 'national, by the static rules');
  await pbx.startDaemon();
  event('The daemon is back');
  await placeAndTell(pbx, alice, '00541938384', 'Argentina');
}

async function watchLive(pbx: Pbx, household: Household, minutes: number): Promise<void> {
  tellLogin(await addDemoLogin(pbx, household.carol.extension), minutes);
  const endMs = performance.now() + minutes * 60_000;
  await placeLiveCalls(household, { ...LIVE, isOver: () => performance.now() > endMs });
  heading('The demo is over.');
}

async function keep(pbx: Pbx, phones: ReadonlyMap<string, Phone>): Promise<void> {
  const { lab } = pbx;
  const login = await addDemoLogin(pbx, '1003');
  console.log(`
${loginLine(login)}
${styleText('bold', 'The PBX stays up until Ctrl-C.')} In another terminal:

  scripts/callwarden --config ${pbx.configFile} status
  scripts/callwarden --config ${pbx.configFile} check 00541938384 --from 1002
  scripts/callwarden --config ${pbx.configFile} country allow DE
  scripts/callwarden --config ${pbx.configFile} calls
  scripts/callwarden --config ${pbx.configFile} watch

SIP for a softphone of your own: 127.0.0.1:${lab.ports.sip} (UDP, \u00b5-law), accounts:
${lab.accounts.map(({ extension, password }) => `  ${extension}  ${password}`).join('\n')}
Codes: *8 own group, *87 the group with number 7, *8* any call, **1002 directed.

Or let one of the demo's phones dial: type an extension and a number, such as  1001 00541938384`);
  for await (const text of createInterface({ input: process.stdin })) {
    const [extension = '', dialled = ''] = text.trim().split(/\s+/);
    const phone = phones.get(extension);
    if (!phone || dialled === '') console.log(`Type one of ${[...phones.keys()].join(', ')} and a number.`);
    else await placeAndTell(pbx, phone, dialled);
  }
  await new Promise(() => undefined);
}
