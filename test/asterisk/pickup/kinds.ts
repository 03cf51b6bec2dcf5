// Phones, groups, queues and forwards that ring, each as a real call with its quiet points and its record.
import { expect } from 'vitest';
import type { Phone } from '../../lab/phone/phone.ts';
import type { KindsLab } from './kinds-lab.ts';

export interface Kind {
  /** Also the name of its recorded stream. */
  readonly name: string;
  readonly phones: readonly string[];
  /** Outcome, who has it, and each extension with its own: one a call. */
  readonly records: readonly string[];
  readonly play: (bench: KindsLab, phone: (extension: string) => Phone) => Promise<void>;
}

const dialled = (bench: KindsLab): readonly string[] => bench.pickup.ringing()[0]?.dialled ?? [];

export const DIALPLAN_KINDS: readonly Kind[] = [
  {
    name: 'local-three-deep',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('603');
      await bench.rings([['1002']]);
      expect(dialled(bench)).toEqual(['603', '604', '615', '1002']);
      await call.cancel();
    },
  },
  {
    name: 'local-n-group-answered',
    records: ['answered 1003 1002:elsewhere 1003:answered'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('602');
      await bench.rings([['1002', '1003']]);
      expect(dialled(bench).toSorted()).toEqual(['1002', '1003', '602']);
      expect(dialled(bench)[0]).toBe('602');
      await (await phone('1003').nextCall()).answer();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'queue-pausing',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('610');
      await bench.rings([['1002']]);
      await (await phone('1002').nextCall()).waitCancelled();
      await bench.rings([]);
      await phone('1002').nextCall();
      await bench.rings([['1002']]);
      await call.hangup();
    },
  },
  {
    name: 'queue-timeout',
    records: ['abandoned - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('617');
      await bench.rings([['1002']]);
      await (await phone('1002').nextCall()).waitCancelled();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'queue-autofill',
    records: ['answered 1003 1003:answered', 'abandoned - 1004:stopped'],
    phones: ['1001', '1002', '1003', '1004'],
    play: async (bench, phone) => {
      const one = await phone('1001').call('611');
      await bench.rings([['1003']]);
      const two = await phone('1002').call('611');
      await bench.rings([['1003'], ['1004']]);
      await (await phone('1003').nextCall()).answer();
      await bench.rings([['1004']]);
      await one.hangup();
      await bench.rings([['1004']]);
      await two.hangup();
    },
  },
  {
    name: 'forward-after-ringing',
    records: ['answered 1003 1002:forwarded 1003:answered'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      await bench.rings([['1002']]);
      (await phone('1002').nextCall()).redirect('1003');
      await bench.rings([['1003']]);
      expect(dialled(bench)).toEqual(['1002', '1003']);
      await (await phone('1003').nextCall()).answer();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'forward-to-trunk',
    records: ['forwarded - 1002:forwarded'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('1002');
      await bench.rings([['1002']]);
      (await phone('1002').nextCall()).redirect('9005491112345678');
      await call.waitAnswered();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'forward-by-dialplan',
    records: ['abandoned - 1003:stopped'],
    phones: ['1001', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('609');
      await bench.rings([['1003']]);
      await call.cancel();
    },
  },
  {
    name: 'one-after-the-other',
    records: ['abandoned - 1002:stopped 1003:stopped'],
    phones: ['1001', '1002', '1003'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('606');
      await bench.rings([['1002']]);
      await phone('1003').nextCall();
      await bench.rings([['1003']]);
      await call.cancel();
    },
  },
  {
    name: 'voicemail',
    records: ['unanswered - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('607');
      await bench.rings([['1002']]);
      await call.waitAnswered();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'rings-out',
    records: ['unanswered - 1002:stopped'],
    phones: ['1001', '1002'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('616');
      await bench.rings([['1002']]);
      await call.waitFinal();
    },
  },
  {
    name: 'group-one-declines',
    records: ['answered 1004 1002:elsewhere 1003:refused 1004:answered'],
    phones: ['1001', '1002', '1003', '1004'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('600');
      await bench.rings([['1002', '1003', '1004']]);
      (await phone('1003').nextCall()).reject(486);
      await bench.rings([['1002', '1004']]);
      await (await phone('1004').nextCall()).answer();
      await bench.rings([]);
      await call.hangup();
    },
  },
  {
    name: 'all-decline',
    records: ['refused - 1002:refused 1003:refused 1004:refused'],
    phones: ['1001', '1002', '1003', '1004'],
    play: async (bench, phone) => {
      const call = await phone('1001').call('600');
      await bench.rings([['1002', '1003', '1004']]);
      for (const extension of ['1002', '1003', '1004']) {
        // oxlint-disable-next-line no-await-in-loop
        (await phone(extension).nextCall()).reject(extension === '1004' ? 603 : 486);
      }
      await call.waitFinal();
    },
  },
];
