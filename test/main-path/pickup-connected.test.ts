// What phones show when a call is picked up: the picker's the caller, the caller's the picker, or what it showed before.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallLeg } from '../lab/phone/call-leg.ts';
import { headerValues } from '../lab/phone/message.ts';
import { eventually } from '../lab/processes.ts';
import { ways } from './links.ts';
import { pickupScene } from './pickup-scene.ts';

const policy = [
  'extension set 1001-1006',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
];
const DEADLINE_MS = 20_000;
/** A phone would be told by now. */
const SETTLED_MS = 500;

/** Who Asterisk says that the other side is, in the order told: the user part and the name of P-Asserted-Identity. */
function shown(leg: CallLeg): readonly string[] {
  return leg.messages
    .filter(({ direction }) => direction === 'received')
    .flatMap(({ message }) => headerValues(message, 'P-Asserted-Identity'))
    .map((value) => value.replace(/^"?([^"<]*)"?\s*<sip:([^@]*)@.*$/, '$2 $1').trim());
}

describe.each([ways[0], ways[2]])('connected line on $way', (way) => {
  const scene = pickupScene({ ...way, policy });
  const { phone, letRing, rings } = scene;
  beforeAll(async () => {
    const file = join(scene.pbx.lab.directory, 'etc/pjsip.conf');
    const text = readFileSync(file, 'utf8').replaceAll('direct_media=no', 'direct_media=no\nsend_pai=yes');
    writeFileSync(file, text);
    await scene.pbx.lab.console('module reload res_pjsip.so');
    const isTold = async () =>
      /send_pai\s*:\s*(true|yes)/.test(await scene.pbx.lab.console('pjsip show endpoint 1001'));
    if (!(await eventually(isTold, DEADLINE_MS))) throw new Error('Asterisk sends no PAI');
  });
  afterEach(() => scene.quiet());

  const expectShown = async (leg: CallLeg, who: string) => {
    expect(
      await eventually(() => shown(leg).at(-1)?.startsWith(who) === true, DEADLINE_MS),
      leg.story(),
    ).toBe(true);
  };

  it.each(['1002', '600', '602'])('shows each side the other where %s was called', async (number) => {
    const call = await phone('1001').call(number);
    await rings('1002');
    await scene.untilOnBoard(1);
    const picker = await phone('1004').call('**1002');
    await picker.waitAnswered();
    await call.waitAnswered();
    await expectShown(picker, '1001');
    await expectShown(call, '1004');
    await picker.hangup();
    await call.waitEnded();
  });

  it('shows the picker of a call that a command took, not the caller himself', async () => {
    const { call } = await letRing('1001', '1002');
    const command = scene.pbx.callwarden('pickup take 1002 --for 1003');
    const picker = await rings('1003');
    expect(picker.from.number).toBe('1001');
    await picker.answer();
    await call.waitAnswered();
    await expectShown(call, '1003');
    expect((await command).code).toBe(0);
    await picker.hangup();
    await call.waitEnded();
  });

  it.each(['1002', '600', '602'])(
    'leaves the caller’s phone as it was, where that is set and %s was called',
    async (number) => {
      if (number === '1002') await scene.pbx.change('settings set pickup-connected-line keep');
      const call = await phone('1001').call(number);
      await rings('1002');
      await scene.untilOnBoard(1);
      const picker = await phone('1004').call('**1002');
      await picker.waitAnswered();
      await call.waitAnswered();
      await expectShown(picker, '1001');
      await sleep(SETTLED_MS);
      // Nobody, or the phone that he has called.
      expect(shown(call).filter((one) => one !== '1002 Phone 1002')).toEqual([]);
      await picker.hangup();
      await call.waitEnded();
    },
  );
});
