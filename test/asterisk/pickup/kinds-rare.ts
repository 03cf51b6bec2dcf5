// Rarer ways to ring: FollowMe, call files, early media in place of ringing, transfers while it rings.
import { expect } from 'vitest';
import { progress } from '../../lab/phone/behaviour.ts';
import { started } from './kinds-passed-on.ts';
import type { Kind } from './kinds.ts';
import type { KindsLab } from './kinds-lab.ts';
import { COMPLETED_ELSEWHERE } from './scenes.ts';

interface Running {
  readonly id: string;
  readonly name: string;
  readonly dialplan: { readonly app_name: string };
}

/**
 * What comes of a leg that a program of somebody else called when Asterisk lets it be taken: whoever takes it is in that program,
 * by his own id, and the id that the program knows is gone. Nobody is hung up; they hear each other when the program
 * looks for him by the event that tells of his coming.
 */
const takenFromProgram = (
  name: string,
  call: (bench: KindsLab, caller: string) => Promise<unknown>,
): Kind => ({
  name,
  records: [],
  phones: ['1001', '1004', '1005'],
  play: async (bench, phone) => {
    const waiting = await phone('1001').call('614');
    const caller = await started(bench);
    await call(bench, caller);
    await bench.rings([], ['1004']);
    const refused = await phone('1005').call('**1004');
    // Nothing rings; or the call that was answered there a moment before, of another kind, is taken already.
    expect([480, 603]).toContain((await refused.waitFinal()).status);
    const picker = await phone('1005').call('620');
    await picker.waitAnswered();
    expect(await (await phone('1004').nextCall()).waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
    await bench.rings([]);
    const channels = (await bench.ari('GET', 'channels')) as Running[];
    expect(channels.map(({ dialplan }) => dialplan.app_name)).toEqual(['Stasis', 'Stasis']);
    expect(channels.map(({ id }) => id)).not.toContain('leg');
    const his = channels.find(({ id }) => id !== caller);
    expect(his?.name).toMatch(/^PJSIP\/1005-/);
    expect(bench.foreign.started.map(({ id }) => id)).toContain(his?.id);
    const bridge = (await bench.ari('POST', 'bridges?type=mixing')) as { id: string };
    await bench.ari('POST', `channels/${caller}/answer`);
    await bench.ari('POST', `bridges/${bridge.id}/addChannel?channel=${caller},${his?.id ?? ''}`);
    await Promise.all([waiting.waitVoice('1005'), picker.waitVoice('1001')]);
    await Promise.all([waiting.hangup(), picker.hangup()]);
    await bench.ari('DELETE', `bridges/${bridge.id}`);
  },
});

export const RARE_KINDS: readonly Kind[] = [
  {
    name: 'followme-answered',
    records: ['answered 1003 1002:elsewhere 1003:answered'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('605');
      await bench.rings([['1002', '1003']]);
      expect(bench.pickup.ringing()[0]?.dialled.toSorted()).toEqual(['1002', '1003', '605']);
      await (await phone('1003').nextCall()).answer();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'followme-rescued-by-group',
    records: ['rescued 1005 1002:taken'],
    phones: ['1001', '1002', '1005'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('619');
      await bench.rings([['1002']]);
      const picker = await phone('1005').call('*8');
      await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'followme-rescued-directed',
    records: ['rescued 1005 1002:elsewhere 1003:taken'],
    phones: ['1001', '1002', '1003', '1005'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('605');
      await bench.rings([['1002', '1003']]);
      const picker = await phone('1005').call('**1003');
      await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'followme-asking',
    records: ['answered 1002 1002:answered 1003:elsewhere'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('621');
      await bench.rings([['1002', '1003']]);
      const asked = await phone('1002').nextCall();
      await asked.answer();
      // He has not taken it yet, so the other one rings on.
      await bench.rings([], ['1003']);
      await asked.waitHeard('followme/options');
      await asked.dial('1');
      await Promise.all([call.waitVoice('1002'), asked.waitVoice('1001')]);
      await call.hangup();
    },
  },
  {
    name: 'followme-asking-rescued',
    records: ['rescued 1005 1002:taken 1003:elsewhere'],
    phones: ['1001', '1002', '1003', '1005'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('621');
      await bench.rings([['1002', '1003']]);
      const picker = await phone('1005').call('**1002');
      await picker.waitAnswered();
      await bench.rings([], ['1003']);
      await picker.waitHeard('followme/options');
      await picker.dial('1');
      await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
      await call.hangup();
    },
  },
  {
    name: 'taken-by-command',
    records: ['rescued 1005 1002:taken'],
    phones: ['1001', '1002', '1005'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      await bench.rings([['1002']]);
      const [ringing] = bench.pickup.ringing();
      const outcome = bench.pickup.take({ target: ringing?.callId ?? '', picker: '1005' });
      const first = await phone('1005').nextCall();
      await bench.rings([['1002']], ['1005']);
      await first.answer();
      await Promise.all([call.waitVoice('1005'), first.waitVoice('1001')]);
      expect(await outcome).toMatchObject({ outcome: 'taken', from: '1002' });
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'early-media-abandoned',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      phone('1002').whenCalled = progress();
      const call = await phone('1001').call('1002');
      await call.waitVoice('1002');
      await bench.rings([['1002']], [], ['1002']);
      await call.cancel();
    },
  },
  {
    name: 'early-media-answered',
    records: ['answered 1002 1002:answered'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      phone('1002').whenCalled = progress();
      const call = await phone('1001').call('1002');
      await call.waitVoice('1002');
      await bench.rings([['1002']], [], ['1002']);
      await (await phone('1002').nextCall()).answer();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'early-media-rescued',
    records: ['rescued 1005 1002:taken'],
    phones: ['1001', '1002', '1005'],
    play: async (bench, phone) => {
      phone('1002').whenCalled = progress();
      const call = await phone('1001').call('1002');
      await call.waitVoice('1002');
      await bench.rings([['1002']], [], ['1002']);
      const picker = await phone('1005').call('**1002');
      await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
      expect(await (await phone('1002').nextCall()).waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'early-media-then-180',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      phone('1002').whenCalled = (call) => {
        call.progress();
        call.ring();
      };
      const call = await phone('1001').call('1002');
      await bench.rings([['1002']]);
      await call.cancel();
    },
  },
  {
    name: 'call-file',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      bench.dropCallFile('Channel: PJSIP/1001\nContext: phones\nExtension: 1002\nPriority: 1\n');
      await bench.rings([], ['1001']);
      const first = await phone('1001').nextCall();
      await first.answer();
      await bench.rings([['1002']]);
      await first.hangup();
    },
  },
  {
    name: 'transfer-while-it-rings',
    records: ['answered 1002 1002:answered', 'answered 1003 1003:answered'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      const answered = await phone('1002').nextCall();
      await bench.rings([['1002']]);
      await answered.answer();
      await Promise.all([call.waitVoice('1002'), answered.waitVoice('1001')]);
      const asked = await phone('1002').call('1003');
      await asked.waitRinging();
      await bench.rings([['1003']]);
      await answered.referTo(asked);
      await bench.rings([['1003']]);
      await (await phone('1003').nextCall()).answer();
      await call.waitVoice('1003');
      await bench.rings([]);
      await call.hangup();
    },
  },
  takenFromProgram('foreign-create-taken', async (bench, caller) => {
    const create = `channels/create?endpoint=PJSIP/1004&app=somebody-else&channelId=leg&originator=${caller}`;
    await bench.ari('POST', create);
    await bench.ari('POST', `channels/leg/dial?caller=${caller}&timeout=20`);
  }),
  takenFromProgram('foreign-originate-taken', (bench, caller) =>
    bench.ari('POST', `channels?endpoint=PJSIP/1004&app=somebody-else&channelId=leg&originator=${caller}`),
  ),
];
