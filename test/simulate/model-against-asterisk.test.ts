// The model of Asterisk is held to the real one: the same calls, with the daemon up, dead, frozen and back, end alike.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { scenarios, type Scenario, type ScenarioOutcome } from './scenarios.ts';

const script = join(import.meta.dirname, '../../scripts/simulate.ts');
/** Long enough for a daemon to be killed and back on a busy machine. */
const decisionMs = 8000;
const CONNECTED_WITHIN_MS = 10_000;
const FINAL_WITHIN_MS = decisionMs + 10_000;

const titleOf = ({ daemon, caller, dialled }: Scenario) => `${caller} -> ${dialled}, the daemon ${daemon}`;

describe('the model of Asterisk', () => {
  let pbx: Pbx;
  let modelled: readonly ScenarioOutcome[];
  const phones = new Map<string, Phone>();
  beforeAll(async () => {
    modelled = JSON.parse(
      execFileSync(process.execPath, [script, '--scenarios'], { encoding: 'utf8' }),
    ) as readonly ScenarioOutcome[];
    const policy = ['country allow AR', 'extension set 1001 --international on'];
    pbx = await startPbx({ policy, decisionMs });
    for (const caller of new Set(scenarios.map((one) => one.caller))) {
      phones.set(caller, await pbx.lab.phone(caller));
    }
  }, 120_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const isConnected = async () => (await pbx.status()).ari.state === 'up';

  /** The daemon is as the scenario wants it when this returns, and up again when the result is disposed of. */
  const bring = async (daemon: Scenario['daemon']): Promise<AsyncDisposable> => {
    if (daemon === 'dead') await pbx.endDaemon('SIGKILL');
    else if (daemon !== 'up') pbx.signalDaemon('SIGSTOP');
    return {
      async [Symbol.asyncDispose]() {
        if (daemon === 'dead') await pbx.startDaemon();
        if (daemon === 'frozen') pbx.signalDaemon('SIGCONT');
        await eventually(isConnected, CONNECTED_WITHIN_MS, 50);
      },
    };
  };

  const play = async ({ daemon, caller, dialled }: Scenario): Promise<ScenarioOutcome> => {
    await using _ = await bring(daemon);
    const phone = phones.get(caller);
    assert(phone);
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(dialled);
    if (daemon === 'killed-and-back') {
      const inStasis = async () => (await pbx.lab.console('core show channels')).includes('Stasis');
      expect(await eventually(inStasis, decisionMs)).toBe(true);
      await pbx.endDaemon('SIGKILL');
      await pbx.startDaemon();
    }
    const final = await call.waitFinal(FINAL_WITHIN_MS);
    const wentOut = final.status === 200;
    if (wentOut) await call.hangup();
    return {
      carrier: pbx.lab.carrier.numbers.slice(before),
      cause: wentOut ? null : (final.cause ?? -1),
      heard: call.hearing.announcements.map(({ name }) => name),
    };
  };

  it.each(scenarios.map((scenario, index) => ({ title: titleOf(scenario), scenario, index })))(
    'agrees with it on $title',
    async ({ scenario, index }) => {
      expect(await play(scenario)).toEqual(modelled[index]);
    },
    60_000,
  );
});
