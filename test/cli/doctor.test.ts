// The doctor on a real Asterisk: nothing to say about the sample, and each thing that is wrong is named (RS-05, F1, F16, F18).
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../lab/processes.ts';
import { sampleDialplan, startPbx, type Pbx } from '../pbx.ts';

const RELOAD_DEADLINE_MS = 10_000;
const samples = join(import.meta.dirname, '../../config/asterisk');

interface Finding {
  readonly code: string;
  readonly severity: 'ok' | 'warning' | 'failure';
  readonly text: string;
  readonly remedy: string;
}

/** Contexts that phones reach, what is wrong in them, and the code that names it with the place. */
const holes: readonly (readonly [string, string, string])[] = [
  [
    'a route that forgets the screening',
    'unscreened-route',
    'exten => _71.,1,Dial(PJSIP/${EXTEN:2}@trunk,60)',
  ],
  [
    'a Dial behind a Goto',
    'unscreened-route',
    'exten => _72.,1,Goto(bare,${EXTEN:2},1)\n[bare]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)',
  ],
  [
    'a Local channel to a bare route',
    'unscreened-route',
    'exten => _73.,1,Dial(Local/${EXTEN:2}@bare-local/n)\n[bare-local]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)',
  ],
  [
    'a screening that is only sometimes gone through',
    'unscreened-route',
    'exten => _74.,1,Set(CALLWARDEN_DIALLED=${EXTEN:2})\n same => n,GosubIf($["${X}" = "1"]?callwarden-screen,s,1)\n same => n,Dial(PJSIP/${CALLWARDEN_NUMBER}@trunk)',
  ],
  [
    'a subroutine that dials',
    'unscreened-route',
    'exten => _75.,1,Gosub(sub-dial,s,1(${EXTEN:2}))\n[sub-dial]\nexten => s,1,ExecIf($["${ARG1}" != ""]?Dial(PJSIP/${ARG1}@trunk,60))\n same => n,Return()',
  ],
  [
    'Stasis, then Dial',
    'fail-open',
    'exten => _76.,1,Stasis(somebody-else,${EXTEN})\n same => n,Dial(PJSIP/${EXTEN:2}@trunk,60)',
  ],
  [
    'AGI, then Dial',
    'fail-open',
    'exten => _77.,1,AGI(agi://127.0.0.1/ask)\n same => n,GotoIf($["${AGISTATUS}" = "SUCCESS"]?out)\n same => n,Hangup()\n same => n(out),Dial(PJSIP/${EXTEN:2}@trunk,60)',
  ],
  [
    'a trunk leg without the gate',
    'no-gate',
    'exten => _78.,1,Set(CALLWARDEN_DIALLED=${EXTEN:2})\n same => n,Gosub(callwarden-screen,s,1)\n same => n,Dial(PJSIP/${CALLWARDEN_NUMBER}@trunk,60)',
  ],
  [
    'the gate without the screening',
    'gate-without-screening',
    'exten => _79.,1,Dial(PJSIP/${EXTEN:2}@trunk,60,b(callwarden-gate^s^1(${EXTEN:2})))',
  ],
  ['a destination that nobody can tell', 'cannot-tell', 'exten => _80.,1,Dial(${DB(route/${EXTEN})},60)'],
  [
    'a global variable that names the trunk',
    'unscreened-route',
    'exten => _81.,1,Dial(${WAY_OUT}/${EXTEN:2},60)',
  ],
  [
    'a timeout that runs on',
    'timer-not-cleared',
    'exten => _82.,1,Set(TIMEOUT(absolute)=3)\n same => n,AGI(agi://127.0.0.1/ask)\n same => n,Set(CALLWARDEN_DIALLED=${EXTEN:2})\n same => n,Gosub(callwarden-screen,s,1)\n same => n,Dial(PJSIP/${CALLWARDEN_NUMBER}@trunk,60,b(callwarden-gate^s^1(${CALLWARDEN_NUMBER})))',
  ],
  [
    'a phone context that includes the inside of the routine',
    'private-context',
    'include => callwarden-number',
  ],
  [
    'a jump into the inside of the routine',
    'private-context',
    'exten => _83.,1,Goto(callwarden-static,${EXTEN:2},1)',
  ],
];

describe('callwarden doctor', () => {
  let pbx: Pbx;
  let etc: string;

  beforeAll(async () => {
    pbx = await startPbx({
      modules: ['res_ari_sounds'],
      policy: ['country allow AR', 'extension set 1001 --international on'],
    });
    etc = mkdtempSync(join(tmpdir(), 'callwarden-doctor-'));
    chmodSync(pbx.configFile, 0o600);
    for (const name of ['http.conf', 'ari.conf', 'manager.conf', 'features.conf']) {
      writeFileSync(join(etc, name), readFileSync(join(samples, name)));
    }
    writeFileSync(join(etc, 'asterisk.conf'), '[options]\nverbose = 3\n');
    writeFileSync(join(etc, 'logger.conf'), '[logfiles]\nfull => notice,warning,error,verbose\n');
  });
  afterAll(async () => {
    rmSync(etc, { recursive: true, force: true });
    await pbx?.[Symbol.asyncDispose]();
  });

  const examine = async (asteriskEtc = etc) => {
    const { code, output } = await pbx.callwarden(`doctor --json --asterisk-etc ${asteriskEtc}`);
    const { healthy, findings } = JSON.parse(output) as { healthy: boolean; findings: readonly Finding[] };
    expect(code).toBe(healthy ? 0 : 1);
    return findings.filter(({ severity }) => severity !== 'ok');
  };
  const dialplan = async (text: string) => {
    writeFileSync(join(pbx.lab.directory, 'etc/extensions.conf'), text);
    await pbx.lab.console('dialplan reload');
  };
  it('has nothing to say about the sample', async () => {
    expect(await examine()).toEqual([]);
  });

  it('names each way to a trunk that is not screened, and each lock that is missing', async () => {
    const [first = '', ...further] = holes.map(([, , lines], index) => `[hole-${index}]\n${lines}\n`);
    const includes = holes.map((_hole, index) => `include => hole-${index}`).join('\n');
    const globals = '[globals]\nWAY_OUT=PJSIP/trunk\n';
    await dialplan(
      globals + sampleDialplan.replace('[phones]', `[phones]\n${includes}`) + [first, ...further].join(''),
    );
    const findings = await examine();
    for (const [what, code, lines] of holes) {
      const place = /^exten => ([^,]+),/.exec(lines)?.[1] ?? 'callwarden-number';
      const inside = /\[(bare|bare-local|sub-dial)\]/.exec(lines)?.[1];
      const named = findings.filter((one) => one.code === code && one.text.includes(inside ?? place));
      expect(
        named.map(({ remedy }) => remedy !== ''),
        `${what} (${code})`,
      ).not.toEqual([]);
    }
    expect(findings.filter(({ text }) => text.includes('[outside]'))).toEqual([]);
    await dialplan(sampleDialplan);
    expect(await examine()).toEqual([]);
  });

  it('names a route abroad that is missing, and contexts of ours that are', async () => {
    await dialplan(sampleDialplan.replaceAll('exten => _[0-9*#+]!,1', 'exten => _[1-9]X.,1'));
    expect((await examine()).map(({ code }) => code)).toEqual(['no-international-route']);
    await dialplan(sampleDialplan.replace('#include callwarden.conf', ''));
    expect((await examine()).map(({ code }) => code)).toContain('dialplan-missing');
    await dialplan(sampleDialplan.replace('include => callwarden-pickup', ''));
    expect((await examine()).map(({ code }) => code)).toEqual(['no-pickup-codes']);
    await dialplan(sampleDialplan);
  });

  it('names announcements that Asterisk has no sound for', async () => {
    await pbx.change('settings set announcement-country-denied nothing-of-the-kind&beep');
    const findings = await examine();
    expect(findings.map(({ code }) => code)).toEqual(['sounds-missing']);
    expect(findings[0]?.text).toContain('nothing-of-the-kind.');
    await pbx.change('settings set announcement-country-denied feature-not-avail-line');
  });

  it('names a dialplan that the settings have left behind, as status does, until it is renewed', async () => {
    await pbx.change('settings set emergency-numbers 113');
    const isStale = async () => (await pbx.status()).problems.some((one) => one.includes('stale'));
    expect(await eventually(isStale, RELOAD_DEADLINE_MS, 100)).toBe(true);
    const [finding] = await examine();
    expect(finding).toMatchObject({ code: 'dialplan-stale', severity: 'failure' });
    expect(finding?.remedy).toContain('callwarden dialplan > /etc/asterisk/callwarden.conf');
    const { output } = await pbx.callwarden('dialplan');
    writeFileSync(join(pbx.lab.directory, 'etc/callwarden.conf'), output);
    await pbx.lab.console('dialplan reload');
    expect(await eventually(async () => !(await isStale()), RELOAD_DEADLINE_MS, 100)).toBe(true);
    expect((await pbx.status()).health).toBe('green');
    expect(await examine()).toEqual([]);
  });

  it('names what is wrong in Asterisk’s own files', async () => {
    const wrong = mkdtempSync(join(tmpdir(), 'callwarden-doctor-'));
    const texts = {
      'asterisk.conf': '[options]\nlive_dangerously = yes\n',
      'http.conf': '[general]\nenabled=yes\nbindaddr=0.0.0.0\n',
      'manager.conf': '[general]\nenabled=yes\n',
      'ari.conf': '[general]\nenabled=yes\n[callwarden]\ntype=user\nread_only=yes\n',
      'features.conf': '[general]\n',
      'logger.conf': '[logfiles]\nfull => notice,dtmf\n',
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(wrong, name), text);
    const findings = await examine(wrong);
    rmSync(wrong, { recursive: true });
    expect(findings.map(({ code }) => code).toSorted()).toEqual([
      'ami-public',
      'ari-public',
      'ari-read-only',
      'ari-write-timeout',
      'dtmf-log',
      'http-sessions',
      'live-dangerously',
      'pickup-code',
    ]);
  });

  it('says what it could not read, and never takes it for fine', async () => {
    const { output } = await pbx.callwarden('doctor --json --asterisk-etc /nowhere');
    const { findings } = JSON.parse(output) as { findings: readonly Finding[] };
    expect(findings.filter(({ code }) => code === 'unread-file')).toHaveLength(6);
    chmodSync(pbx.configFile, 0o644);
    expect((await examine()).map(({ code }) => code)).toEqual(['file-rights']);
    chmodSync(pbx.configFile, 0o600);
    await pbx.lab.kill('SIGKILL');
    const dead = await examine();
    expect(
      dead.filter(({ code }) => code === 'unread').map(({ text }) => text.split('.', 1)[0]),
    ).toHaveLength(6);
    expect(dead.every(({ remedy }) => remedy !== '')).toBe(true);
  });
});
