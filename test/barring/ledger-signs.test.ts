// Signs of fraud: each is given where its bound is reached, once in a while, and not before the house is known.
import { describe, expect, it } from 'vitest';
import { createSigns, LEARNING_CALLS, type Sign } from '../../src/barring/ledger-signs.ts';

const AT = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const kindsOf = (signs: readonly Sign[]) => signs.map(({ kind }) => kind);

function learnt() {
  const signs = createSigns();
  signs.restore(LEARNING_CALLS, [
    { extension: '', region: 'AR' },
    { extension: '1001', region: 'AR' },
  ]);
  return signs;
}

const call = (number: string, region = 'AR', atMs = AT, extension = '1001') => ({
  extension,
  atMs,
  e164: number,
  regions: [region],
});

describe('signs of fraud', () => {
  it('tell of the first country ever of an extension, and gravely of one that is new to all', () => {
    const signs = learnt();
    expect(signs.started(call('+5411000001'), true)).toEqual([]);
    expect(signs.started(call('+33140205050', 'FR'), true)).toMatchObject([
      { kind: 'first-country', extension: '1001', grave: true },
    ]);
    expect(signs.started(call('+33140205051', 'FR', AT, '1002'), true)).toMatchObject([
      { kind: 'first-country', extension: '1002', grave: false },
    ]);
    expect(signs.started(call('+33140205052', 'FR', AT, '1002'), true)).toEqual([]);
  });

  it('are silent about countries until the organisation has made some calls', () => {
    const signs = createSigns();
    const regions = [
      'AR',
      'BR',
      'CL',
      'CO',
      'DE',
      'ES',
      'FR',
      'GB',
      'GR',
      'HU',
      'IE',
      'IT',
      'JP',
      'KR',
      'LU',
      'MX',
    ];
    regions.push('NL', 'NO', 'PE', 'PT');
    const early = regions.map((region, n) => signs.started(call(`+1${n}000000000`, region), true));
    expect(regions).toHaveLength(LEARNING_CALLS);
    expect(early.flat()).toEqual([]);
    expect(kindsOf(signs.started(call('+46000', 'SE'), true))).toEqual(['first-country']);
  });

  it('do not take a number for a new country that may belong to a known one', () => {
    const signs = learnt();
    expect(signs.started({ ...call('+12125550100'), regions: ['US', 'AR'] }, true)).toEqual([]);
  });

  it('tell of five numbers within a hundred of the last ten, once in four hours', () => {
    const signs = learnt();
    const dial = (number: number, atMs = AT) =>
      kindsOf(signs.started(call(`+54110000${number}`, 'AR', atMs), true));
    expect([1000, 1020, 5000, 1040, 1060].flatMap((number) => dial(number))).toEqual([]);
    expect(dial(1099)).toEqual(['sequential-numbers']);
    expect(dial(1098, AT + HOUR)).toEqual([]);
    expect(dial(1097, AT + 5 * HOUR)).toEqual(['sequential-numbers']);
  });

  it('do not take the same number again and again, or numbers far apart, for a sequence', () => {
    const signs = learnt();
    const same = Array.from({ length: 12 }, () => signs.started(call('+541100001000'), true));
    const apart = Array.from({ length: 12 }, (_, n) => signs.started(call(`+5411000${2000 + n * 30}`), true));
    expect([...same, ...apart].flat()).toEqual([]);
  });

  it('tell of five short answered calls abroad within an hour of the night', () => {
    const signs = learnt();
    const end = (minutes: number, hour: number, lastedMs = 10_000) =>
      kindsOf(
        signs.ended({
          extension: '1001',
          answeredMs: AT + minutes * MINUTE - lastedMs,
          endedMs: AT + minutes * MINUTE,
          hour,
        }),
      );
    expect([0, 10, 20, 30].flatMap((minutes) => end(minutes, 23))).toEqual([]);
    expect(end(31, 12)).toEqual([]);
    expect(end(32, 3, 31_000)).toEqual([]);
    expect(end(33, 5)).toEqual(['short-calls-at-night']);
    expect(end(34, 5)).toEqual([]);
    const other = learnt();
    const slow = [0, 20, 40, 60, 80, 100].map((minutes) =>
      other.ended({
        extension: '1001',
        answeredMs: AT + minutes * MINUTE - 1,
        endedMs: AT + minutes * MINUTE,
        hour: 0,
      }),
    );
    expect(slow.flat()).toEqual([]);
  });

  it('are not silent for days because the clock was set back', () => {
    const signs = learnt();
    const refuseTen = (atMs: number) =>
      Array.from({ length: 10 }, () => kindsOf(signs.refused('1001', atMs))).flat();
    expect(refuseTen(AT)).toEqual(['refused-attempts']);
    expect(refuseTen(AT - HOUR)).toEqual([]);
    expect(refuseTen(AT - 48 * HOUR)).toEqual(['refused-attempts']);
  });

  it('tell of ten refused attempts abroad within ten minutes', () => {
    const signs = learnt();
    const attempts = Array.from({ length: 10 }, (_, n) => kindsOf(signs.refused('1001', AT + n * MINUTE)));
    expect(attempts.slice(0, 9).flat()).toEqual([]);
    expect(attempts[9]).toEqual(['refused-attempts']);
    expect(signs.refused('1001', AT + 10 * MINUTE)).toEqual([]);
    const slow = Array.from({ length: 20 }, (_, n) => signs.refused('1002', AT + n * 2 * MINUTE));
    expect(slow.flat()).toEqual([]);
  });
});
