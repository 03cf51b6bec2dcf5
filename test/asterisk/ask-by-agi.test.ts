// The question as the dialplan asks it by FastAGI: what stands round it, and that nothing is left of the other door.
import { expect, it } from 'vitest';
import { generateDialplan } from '../../src/asterisk/dialplan/generate.ts';
import { contractIn } from '../../src/config/dialplan-contract.ts';
import { DIALPLAN_OPTIONS } from './dialplan/options.ts';

it('asks one address, with the script ended by the timeout, and compares the verdict at once', () => {
  const text = generateDialplan({ ...DIALPLAN_OPTIONS, door: 'agi', agiAddress: '192.0.2.7:4574' });
  const context = text.split('\n[').find((part) => part.startsWith('callwarden-number]')) ?? '';
  const lines = context.split('\n');
  const at = lines.findIndex((line) => line.includes('AGI(agi://'));
  expect(lines[at - 2]).toContain('TIMEOUT(absolute)=2.000');
  expect(lines[at - 1]).toBe(' same => n,MSet(CALLWARDEN_VERDICT=,AGIEXITONHANGUP=yes)');
  expect(lines[at]).toMatch(
    /^ same => n,AGI\(agi:\/\/192\.0\.2\.7:4574\/screen,nonce=\$\{CALLWARDEN_NONCE\},dialled=/,
  );
  expect(lines[at]).toContain('dialled=${URIENCODE(${CALLWARDEN_DIALLED})}');
  expect(lines[at + 1]).toContain(
    '"${CALLWARDEN_VERDICT}" = "allow:${CALLWARDEN_NONCE}:${CALLWARDEN_NUMBER}"',
  );
  expect(context).toContain('exten => T,1,Goto(callwarden-screen,no-verdict,1)');
  expect(context).not.toContain('Stasis(');
  // No verdict is said as an extension here.
  expect(context).not.toContain('_allow:');
  expect(text).not.toContain('AGISTATUS');
});

it('has a host with colons in brackets', () => {
  const config = {
    ari: { application: 'callwarden', peers: [] },
    agi: { enabled: true, host: '::1', port: 4574 },
    dialplan: { door: 'agi' },
    deadlines: { decisionMs: 2000 },
  } as unknown as Parameters<typeof contractIn>[0];
  expect(contractIn(config).agiAddress).toBe('[::1]:4574');
});
