// What rings on the older line of Asterisk: those kinds whose events differ, or might.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKindsLab, type KindsLab } from './kinds-lab.ts';
import { PASSED_ON_KINDS } from './kinds-passed-on.ts';
import { playKind } from './kinds-play.ts';
import { RARE_KINDS } from './kinds-rare.ts';
import { DIALPLAN_KINDS } from './kinds.ts';

const CHOSEN = [
  'queue-pausing',
  'forward-to-trunk',
  'all-decline',
  'transfer-rings-again',
  'rings-out',
  'followme-rescued-by-group',
  'early-media-rescued',
  'transfer-while-it-rings',
  'foreign-create-taken',
];

describe('what rings on Asterisk 16', () => {
  let bench: KindsLab;
  beforeAll(async () => {
    bench = await startKindsLab(16);
  }, 900_000);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  const kinds = [...DIALPLAN_KINDS, ...PASSED_ON_KINDS, ...RARE_KINDS].filter(({ name }) =>
    CHOSEN.includes(name),
  );

  it('knows the kinds that are chosen', () => {
    expect(kinds.map(({ name }) => name).toSorted()).toEqual(CHOSEN.toSorted());
    expect(bench.lab.asteriskVersion).toMatch(/^16\./);
  });

  it.each(kinds.map((kind) => [kind.name, kind] as const))(
    'is on the board and in the ring log: %s',
    async (_name, kind) => {
      expect(await playKind(bench, kind)).toEqual(kind.records);
    },
  );
});
