// Calls that a program starts or moves: click-to-dial over AMI and ARI, call files, a redirected channel.
import { renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../lab/processes.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { allowed, barred, expectOutcome, fails, type Outcome, passes, policy, talk } from './ways.ts';

const deadlineMs = 20_000;

describe.each([{ asterisk: 22 as const }, { asterisk: 16 as const }])(
  'a program at Asterisk $asterisk',
  (line) => {
    let pbx: Pbx;
    let granted: Phone;
    let closed: Phone;

    beforeAll(async () => {
      pbx = await startPbx({ ...line, policy, modules: ['pbx_spool'] });
      granted = await pbx.lab.phone('1001', { whenCalled: async (call) => void (await call.answer()) });
      closed = await pbx.lab.phone('1002', { whenCalled: async (call) => void (await call.answer()) });
    });
    afterAll(async () => {
      await pbx?.[Symbol.asyncDispose]();
    });

    /** One AMI action by the lab's own user; resolves with everything that was answered. */
    const ami = async (action: Readonly<Record<string, string>>): Promise<string> => {
      const { host, port, username, password } = pbx.lab.ami;
      const socket = connect(port, host);
      let heard = '';
      socket.on('error', () => {});
      socket.on('data', (chunk) => (heard += chunk.toString()));
      const lines = (fields: Readonly<Record<string, string>>) =>
        `${Object.entries(fields)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n`;
      socket.write(lines({ Action: 'Login', Username: username, Secret: password, Events: 'off' }));
      socket.write(lines({ ...action, ActionID: 'asked' }));
      const done = await eventually(() => /ActionID: asked\r\n[\s\S]*\r\n\r\n/.test(heard), deadlineMs);
      socket.destroy();
      if (!done || !heard.includes('Response: Success\r\nActionID: asked'))
        throw new Error(`AMI said: ${heard}`);
      return heard;
    };

    const ari = async (
      query: Readonly<Record<string, string>>,
      variables: Readonly<Record<string, string>> = {},
    ) => {
      const { url, username, password } = pbx.lab.ari;
      const response = await fetch(`${url}/channels?${new URLSearchParams(query).toString()}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ variables }),
      });
      if (!response.ok) throw new Error(`ARI said ${response.status}: ${await response.text()}`);
    };

    const callFile = (lines: Readonly<Record<string, string>>) => {
      const text = Object.entries({ ...lines, MaxRetries: '0', WaitTime: '5' });
      const made = join(pbx.lab.directory, 'spool', 'made.call');
      writeFileSync(made, text.map(([name, value]) => `${name}: ${value}\n`).join(''));
      renameSync(made, join(pbx.lab.directory, 'spool/outgoing', 'made.call'));
    };

    const hangUp = async () => {
      for (const phone of [granted, closed]) await phone.incoming.at(-1)?.giveUp();
    };
    const expectStarted = (expected: Outcome, start: () => unknown) =>
      expectOutcome(pbx, expected, async () => {
        await start();
        return hangUp;
      });

    const clickToDial = (extension: string, number: string) => () =>
      ami({
        Action: 'Originate',
        Channel: `PJSIP/${extension}`,
        Context: 'outside',
        Exten: number,
        Priority: '1',
        CallerID: '1001 <1001>',
        Async: 'true',
      });
    const local = (number: string, payer?: string) => () =>
      ami({
        Action: 'Originate',
        Channel: `Local/${number}@outside/n`,
        Application: 'Wait',
        Data: '5',
        CallerID: '1001 <1001>',
        Async: 'true',
        ...(payer === undefined ? {} : { Variable: `CALLWARDEN_PAYER=${payer}` }),
      });

    it('charges click-to-dial over AMI to the phone that rings first, whatever caller ID it is given', async () => {
      await expectStarted(passes('1001', 'direct'), clickToDial('1001', allowed));
      await expectStarted(fails('1002', 'direct'), clickToDial('1002', allowed));
      await expectStarted(fails('1001', 'direct', barred), clickToDial('1001', barred));
    });

    it('refuses a Local channel from AMI unless it names who pays', async () => {
      await expectStarted(fails(null, 'forward'), local(allowed));
      await expectStarted(passes('1001', 'forward'), local(allowed, '1001'));
      await expectStarted(fails('1002', 'forward'), local(allowed, '1002'));
      await expectStarted(fails('1001', 'forward', barred), local(barred, '1001'));
    });

    it('charges click-to-dial over ARI to the phone, and a Local channel to whom it names', async () => {
      const phone = (extension: string) => () =>
        ari({
          endpoint: `PJSIP/${extension}`,
          context: 'outside',
          extension: allowed,
          priority: '1',
          callerId: '1001',
        });
      const number = (payer?: string) => () =>
        ari(
          { endpoint: `Local/${allowed}@outside/n`, context: 'internal', extension: '1001', priority: '1' },
          payer === undefined ? {} : { CALLWARDEN_PAYER: payer },
        );
      await expectStarted(passes('1001', 'direct'), phone('1001'));
      await expectStarted(fails('1002', 'direct'), phone('1002'));
      await expectStarted(fails(null, 'forward'), number());
      await expectStarted(passes('1001', 'forward'), number('1001'));
      await expectStarted(fails('1002', 'forward'), number('1002'));
    });

    it('charges a call file as an originate', async () => {
      const outside = { Context: 'outside', Priority: '1' };
      const wait = { Application: 'Wait', Data: '5' };
      const channel = `Local/${allowed}@outside/n`;
      await expectStarted(passes('1001', 'direct'), () =>
        callFile({ Channel: 'PJSIP/1001', ...outside, Extension: allowed }),
      );
      await expectStarted(fails('1002', 'direct'), () =>
        callFile({ Channel: 'PJSIP/1002', ...outside, Extension: allowed }),
      );
      await expectStarted(fails(null, 'forward'), () =>
        callFile({ Channel: channel, ...wait, CallerID: '<1001>' }),
      );
      await expectStarted(passes('1001', 'forward'), () =>
        callFile({ Channel: channel, ...wait, Setvar: 'CALLWARDEN_PAYER=1001' }),
      );
    });

    it('judges a live channel that AMI redirects, and charges its own endpoint', async () => {
      const expectRedirected = (
        expected: Outcome,
        place: () => ReturnType<Phone['call']>,
        phone: Phone,
        name: RegExp,
      ) =>
        expectOutcome(pbx, expected, async () => {
          const { call, incoming } = await talk(place, phone);
          const channel = (await pbx.lab.channels()).find((one) => name.test(one));
          expect(channel).toBeDefined();
          const target = { Context: 'outside', Exten: allowed, Priority: '1' };
          await ami({ Action: 'Redirect', Channel: channel ?? '', ...target });
          return async () => {
            await call.hangup();
            await incoming.giveUp();
          };
        });
      await expectRedirected(passes('1001', 'direct'), () => granted.call('1002'), closed, /^PJSIP\/1001-/);
      await expectRedirected(fails('1002', 'direct'), () => closed.call('1001'), granted, /^PJSIP\/1002-/);
      await expectRedirected(fails('1002', 'direct'), () => granted.call('1002'), closed, /^PJSIP\/1002-/);
      await expectRedirected(
        fails('trunk', 'direct'),
        () => pbx.lab.carrier.call('1001'),
        granted,
        /^PJSIP\/trunk-/,
      );
    });

    it('keeps the trunk shut for a channel that AMI redirects into the very line that dials (the gate)', async () => {
      await expectOutcome(pbx, { out: [], decisions: [] }, async () => {
        const { call, incoming } = await talk(() => granted.call('1002'), closed);
        const channel = (await pbx.lab.channels()).find((one) => one.startsWith('PJSIP/1001-')) ?? '';
        await ami({ Action: 'Setvar', Channel: channel, Variable: 'CALLWARDEN_NUMBER', Value: allowed });
        await ami({
          Action: 'Redirect',
          Channel: channel,
          Context: 'outside',
          Exten: allowed,
          Priority: '3',
        });
        await call.waitEnded();
        return () => incoming.giveUp();
      });
    });
  },
);
