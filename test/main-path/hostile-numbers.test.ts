// The adversarial table dialled as real SIP calls: what must be denied never reaches the trunk, what must pass is not stopped, and
// the trunk gets the very number that was screened.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { read } from '../../src/numbering/read.ts';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { planFor } from '../barring/policy.ts';
import { loadCases, type SharedCase } from '../cases/shared-cases.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';

/** Calls at a time: the machine has other tests to run. */
const AT_ONCE = 8;
const ALL_CALLS_DEADLINE_MS = 600_000;
/** By the other doors, which part their arguments in other ways, every such row; a prime, so that it meets all kinds. */
const EVERY = 19;

/** Everything that a phone sends goes to Callwarden, with no pattern that would keep something out before. */
const dialplan = `#include callwarden.conf
[phones]
exten => _.,1,Set(CALLWARDEN_DIALLED=\${EXTEN})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Dial(PJSIP/\${CALLWARDEN_NUMBER}@trunk,60,b(callwarden-gate^s^1(\${CALLWARDEN_NUMBER})))
 same => n,Hangup(\${HANGUPCAUSE})
exten => h,1,NoOp()
[from-trunk]
exten => _X.,1,Hangup()
`;

/** A C string ends at NUL: what is behind it never reaches the dialplan, and what is before it is another case. */
const canBeDialled = ({ dialed }: SharedCase) => dialed !== '' && !dialed.includes('\0');

const cases = loadCases('adversarial.json').filter(canBeDialled);
const planOf = ({ home, idd, outsidePrefix, ndd }: SharedCase) => ({
  homeRegion: home,
  internationalPrefixes: [idd],
  outsidePrefixes: outsidePrefix === '' ? [] : [outsidePrefix],
  nationalPrefix: ndd,
});

let pbx: Pbx;
let phone: Phone;
let inForce = '';

afterEach(async () => {
  await pbx?.[Symbol.asyncDispose]();
  inForce = '';
});

/** The policy of a case as a policy file, and the dialplan that belongs to it. */
async function put(row: SharedCase): Promise<void> {
  const plan = planOf(row);
  const { allowedCountries, premium, extensionInternational } = row.policy;
  const file = join(pbx.directory, 'policy.toml');
  const lines = [
    'format = 1',
    '[settings]',
    `home-region = ${JSON.stringify(plan.homeRegion)}`,
    `international-prefixes = ${JSON.stringify(plan.internationalPrefixes)}`,
    `outside-prefixes = ${JSON.stringify(plan.outsidePrefixes)}`,
    `national-prefix = ${JSON.stringify(plan.nationalPrefix)}`,
    `premium = ${premium}`,
    '[countries]',
    `allow = ${JSON.stringify(allowedCountries)}`,
    '[extensions.1001]',
    `international = "${extensionInternational ? 'on' : 'off'}"`,
  ];
  const text = `${lines.join('\n')}\n`;
  if (text === inForce) return;
  writeFileSync(file, text);
  await pbx.change(`policy apply ${file}`);
  inForce = text;
  const generated = await pbx.callwarden('dialplan');
  expect(generated.code).toBe(0);
  const kept = join(pbx.lab.directory, 'etc/callwarden.conf');
  if (readFileSync(kept, 'utf8') === generated.output) return;
  writeFileSync(kept, generated.output);
  await pbx.lab.console('dialplan reload');
}

/** What became of one call: the status, and whether its number reached the trunk. */
async function dial(row: SharedCase): Promise<string> {
  const call = await phone.call(row.dialed);
  const { status } = await call.waitFinal();
  if (status === 200) await call.hangup();
  return `${row.id} ${row.class} ${JSON.stringify(row.dialed)}: ${status === 200 ? 'went out' : 'refused'}`;
}

it.each([
  { door: 'stasis', every: 1 },
  { door: 'broadcast', every: EVERY },
  { door: 'agi', every: EVERY },
] as const)(
  'lets nothing out that must be denied, and stops nothing that must pass, by the door $door',
  async ({ door, every }) => {
    pbx = await startPbx({ dialplan, ...(door === 'stasis' ? {} : { door }) });
    phone = await pbx.lab.phone('1001');
    const groups = Map.groupBy(
      cases
        .filter((_row, index) => index % every === 0)
        .toSorted((a, b) => (JSON.stringify(planOf(a)) < JSON.stringify(planOf(b)) ? -1 : 1)),
      (row) => JSON.stringify([planOf(row), row.policy]),
    );
    const became: string[] = [];
    const expected: string[] = [];
    const trunk: string[] = [];
    const screened: string[] = [];
    for (const rows of groups.values()) {
      const [first] = rows;
      if (first === undefined) continue;
      await put(first);
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        const batch = rows.slice(at, at + AT_ONCE);
        const before = pbx.lab.carrier.numbers.length;
        became.push(...(await Promise.all(batch.map(dial))));
        trunk.push(...pbx.lab.carrier.numbers.slice(before).sort());
        const passing = batch.filter((row) => row.expect !== 'deny');
        const numbers = passing.map((row) => read(row.dialed, compilePlan(planFor(planOf(row)))).number);
        screened.push(...numbers.sort());
      }
      for (const row of rows) {
        const goes = row.expect === 'deny' ? 'refused' : 'went out';
        expected.push(`${row.id} ${row.class} ${JSON.stringify(row.dialed)}: ${goes}`);
      }
    }
    expect(became).toEqual(expected);
    expect(trunk).toEqual(screened);
    expect(became.length).toBeGreaterThan(200 / every);
    await pbx.lab.waitIdle();
    expect((await pbx.status()).records.lost).toBe(0);
  },
  ALL_CALLS_DEADLINE_MS,
);
