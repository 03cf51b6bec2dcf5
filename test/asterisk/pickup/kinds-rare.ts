// Rarer ways to ring: FollowMe, call files, early media in place of ringing, transfers while it rings.
import { expect } from 'vitest';
import { progress } from '../../lab/phone/behaviour.ts';
import type { Kind } from './kinds.ts';
import { COMPLETED_ELSEWHERE } from './scenes.ts';

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
];
