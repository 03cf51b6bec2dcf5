// Calls that are passed on, parked, made by programs, listened to or going out: what of them rings for somebody.
import type { Kind } from './kinds.ts';
import type { KindsLab } from './kinds-lab.ts';

export const PASSED_ON_KINDS: readonly Kind[] = [
  {
    name: 'two-calls-on-one-phone',
    records: ['abandoned - 1002:stopped', 'abandoned - 1002:stopped'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const one = await phone('1001').call('1002');
      await bench.rings([['1002']]);
      const two = await phone('1003').call('1002');
      await bench.rings([['1002'], ['1002']]);
      await one.cancel();
      await bench.rings([['1002']]);
      await two.cancel();
    },
  },
  {
    name: 'transfer-rings-again',
    records: ['answered 1002 1002:answered', 'answered 1003 1003:answered'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      const answered = await phone('1002').nextCall();
      await bench.rings([['1002']]);
      await answered.answer();
      await Promise.all([call.waitVoice('1002'), answered.waitVoice('1001')]);
      await answered.refer('1003');
      await bench.rings([['1003']]);
      await (await phone('1003').nextCall()).answer();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'parked-comes-back',
    records: ['answered 1002 1002:answered', 'abandoned - 1002:stopped'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      const answered = await phone('1002').nextCall();
      await bench.rings([['1002']]);
      await answered.answer();
      await Promise.all([call.waitVoice('1002'), answered.waitVoice('1001')]);
      await answered.refer('612');
      await bench.rings([]);
      await phone('1002').nextCall();
      await bench.rings([['1002']]);
      await call.hangup();
    },
  },
  {
    name: 'foreign-create-with-originator',
    records: [],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('614');
      const caller = await started(bench);
      const create = `channels/create?endpoint=PJSIP/1002&app=somebody-else&channelId=leg&originator=${caller}`;
      await bench.ari('POST', create);
      await bench.ari('POST', `channels/leg/dial?caller=${caller}&timeout=20`);
      await bench.rings([], ['1002']);
      await call.giveUp();
      await bench.ari('DELETE', 'channels/leg');
    },
  },
  {
    name: 'foreign-create-alone',
    records: [],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('614');
      await started(bench);
      await bench.ari('POST', 'channels/create?endpoint=PJSIP/1002&app=somebody-else&channelId=leg');
      await bench.ari('POST', 'channels/leg/dial?timeout=20');
      await bench.rings([], ['1002']);
      await call.giveUp();
      await bench.ari('DELETE', 'channels/leg');
    },
  },
  {
    name: 'foreign-originate-with-originator',
    records: [],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('614');
      const caller = await started(bench);
      await bench.ari(
        'POST',
        `channels?endpoint=PJSIP/1002&app=somebody-else&channelId=leg&originator=${caller}`,
      );
      await bench.rings([], ['1002']);
      await call.giveUp();
      await bench.ari('DELETE', 'channels/leg');
    },
  },
  {
    name: 'click-to-dial',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      await bench.ari('POST', 'channels?endpoint=PJSIP/1001&context=phones&extension=1002&priority=1');
      await bench.rings([], ['1001']);
      const first = await phone('1001').nextCall();
      await first.answer();
      await bench.rings([['1002']]);
      await first.hangup();
    },
  },
  {
    name: 'spied-upon',
    records: ['answered 1002 1002:answered'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      const answered = await phone('1002').nextCall();
      await bench.rings([['1002']]);
      await answered.answer();
      await bench.ari('POST', 'channels?endpoint=PJSIP/1003&context=phones&extension=618&priority=1');
      await bench.rings([], ['1003']);
      const spy = await phone('1003').nextCall();
      await spy.answer();
      await bench.rings([]);
      await spy.hangup();
      await call.hangup();
    },
  },
  {
    name: 'group-rescued',
    records: ['rescued 1005 1002:taken 1003:elsewhere 1004:elsewhere'],
    phones: ['1001', '1002', '1003', '1004', '1005'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('600');
      await bench.rings([['1002', '1003', '1004']]);
      const picker = await phone('1005').call('*8');
      await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'queue-rescued',
    records: ['rescued 1005 1003:taken'],
    phones: ['1001', '1003', '1005'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('611');
      await bench.rings([['1003']]);
      const picker = await phone('1005').call('*8');
      await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'link-lost',
    records: ['unknown - 1002:stopped', 'answered 1004 1004:answered'],
    phones: ['1001', '1002', '1003', '1004'],
    play: async (bench, phone) => {
      const one = await phone('1001').call('1002');
      await bench.rings([['1002']]);
      const two = await phone('1003').call('1004');
      await bench.rings([['1002'], ['1004']]);
      await bench.cut();
      await one.cancel();
      await bench.connect();
      await bench.rings([['1004']]);
      await (await phone('1004').nextCall()).answer();
      await bench.rings([]);
      await two.hangup();
    },
  },
  {
    name: 'outbound',
    records: [],
    phones: ['1001'],
    play: async (bench, phone) => {
      bench.lab.carrier.whenCalled = (call) => call.ring();
      const call = await phone('1001').call('9005491112345678');
      await call.waitRinging();
      await bench.rings([]);
      await call.cancel();
    },
  },
];

export async function started(bench: KindsLab): Promise<string> {
  const endMs = performance.now() + 5_000;
  while (bench.foreign.started.length === 0 && performance.now() < endMs) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return bench.foreign.started[0]?.id ?? '';
}
