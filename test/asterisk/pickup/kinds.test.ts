// Everything that can ring, as real calls: the board against the phones that Asterisk lists as ringing, and the records.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKindsLab, type KindsLab } from './kinds-lab.ts';
import { PASSED_ON_KINDS } from './kinds-passed-on.ts';
import { playKind } from './kinds-play.ts';
import { DIALPLAN_KINDS } from './kinds.ts';

describe('what rings', () => {
  let bench: KindsLab;
  beforeAll(async () => {
    bench = await startKindsLab(process.env['KINDS_ASTERISK'] === '16' ? 16 : 22);
  }, 900_000);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  it.each([...DIALPLAN_KINDS, ...PASSED_ON_KINDS].map((kind) => [kind.name, kind] as const))(
    'is on the board and in the ring log: %s',
    async (_name, kind) => {
      expect(await playKind(bench, kind)).toEqual(kind.records);
    },
  );
});
