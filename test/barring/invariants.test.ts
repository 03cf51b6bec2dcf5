// Invariants I1, I4 and I5 of the design, as far as reading and judging uphold them.
import { expect, test } from 'vitest';
import { emergencyNumbersOf } from '../../src/numbering/emergency.ts';
import { outcomeOf, screen, snapshotFor } from './policy.ts';

const germany = { homeRegion: 'DE', internationalPrefixes: ['00'] } as const;
const everything = { allowed: ['CU', 'AT', 'US'], premium: true } as const;

test('I1: emergency numbers pass for every payer, known, barred or not to be named', () => {
  const snapshot = snapshotFor({ ...germany, outsidePrefixes: ['0'] });
  for (const payer of ['1001', '1002', 'trunk', '', null]) {
    for (const dialled of emergencyNumbersOf(snapshot.plan)) {
      const { destination, verdict } = screen(snapshot, dialled, payer);
      expect({ kind: destination.kind, verdict: verdict.kind, reason: verdict.reason }).toEqual({
        kind: 'emergency',
        verdict: 'continue',
        reason: 'emergency',
      });
    }
  }
});

test('I1: emergency numbers come before internal patterns, service numbers and protection', () => {
  const snapshot = snapshotFor(
    { ...germany, internalPatterns: ['1XX', 'XXX', '112'], serviceNumbers: ['112'], carrierCodes: ['11'] },
    { settings: { protection: false, unmatched: 'deny' } },
  );
  expect(screen(snapshot, '112', null).verdict.reason).toBe('emergency');
});

test('I1: extra emergency numbers of the settings pass as those of the home region do', () => {
  const snapshot = snapshotFor({ ...germany, emergencyNumbers: ['19222'], outsidePrefixes: ['9'] });
  expect(screen(snapshot, '919222', null).destination).toMatchObject({ kind: 'emergency', service: '19222' });
});

test.each(['1120053512345', '1100053', '112005351234567', '110 00 43 664 123456', '11200', '112##', '**112'])(
  'I1: %j only begins like an emergency number and is none',
  (dialled) => {
    expect(screen(snapshotFor(germany), dialled).destination.kind).not.toBe('emergency');
  },
);

test('I4: digits without an international prefix are left to the outbound routes', () => {
  const { destination, verdict } = screen(
    snapshotFor({ homeRegion: 'MX', internationalPrefixes: ['00'] }),
    '541938384',
    '1002',
  );
  expect(destination).toMatchObject({ kind: 'national', matched: false, e164: null });
  expect(verdict).toMatchObject({ kind: 'continue', reason: 'not-international' });
});

test.each([
  ['0103330123456', 'carrier-code'],
  ['01013', 'carrier-code'],
  ['01999900535123456', 'too-long'],
  ['4911112222333344', 'too-long'],
  ['16110053512345678', 'hidden-prefix'],
  ['00', 'incomplete'],
  ['+', 'incomplete'],
  ['0043', 'incomplete'],
  ['00431', 'incomplete'],
  ['00999123456', 'unknown-calling-code'],
  ['00005351234567', 'double-prefix'],
  ['0049005351234567', 'double-prefix'],
  ['0043005351234567', 'double-prefix'],
  ['0053512345678901234', 'too-long'],
  ['0'.repeat(79), 'overlong'],
  ['', 'empty'],
  [' ', 'empty'],
])('I4: %j is unreadable (%s) and denied, whatever is allowed', (dialled, cause) => {
  const { destination, verdict } = screen(snapshotFor(germany, everything), dialled);
  expect(destination).toMatchObject({ kind: 'unreadable', cause, number: '' });
  expect(verdict).toMatchObject({ kind: 'deny', reason: 'unreadable', cause: 28 });
});

test('I4: a number behind a carrier code of the settings is unreadable, known or not', () => {
  const snapshot = snapshotFor({ ...germany, carrierCodes: ['0188', '9'] }, everything);
  expect(screen(snapshot, '01880301234567').destination).toMatchObject({ cause: 'carrier-code' });
  expect(screen(snapshot, '9').destination).toMatchObject({ cause: 'carrier-code' });
  const wider = snapshotFor({ ...germany, carrierCodes: ['0043', '0'] }, everything);
  expect(screen(wider, '0043664123456').destination).toMatchObject({ cause: 'carrier-code' });
  expect(screen(wider, '0053512345678').destination.kind).toBe('international');
  expect(screen(wider, '112').destination.kind).toBe('emergency');
});

const undiallable = [
  '030123456,30,U(x)',
  '112&PJSIP/trunk/0053',
  '030123456@evil',
  '030;ext=1',
  '101/n',
  '0x0053',
  '1e15',
  '٠٠٥٣٥١٢٣٤٥٦٧',
  '＋5351234567',
  '０３０１２３４５６',
  '030\u0000123456',
  '112\n0053',
  '030\r\nEvent: Pickup',
  '030123456\n',
  '00\u200B5351234567',
  '030\t123',
  '0*0*5*3',
  '*31#0053',
  '#31#030',
  '030#123',
  '##',
  '#',
  '++5351234567',
  '00+5351234567',
  '0+5351234567',
  '53+',
  '${EXTEN}',
  '$[1+1]',
  's',
  'i',
  'h',
  '%2B53',
  '030"',
];

test.each(undiallable)(
  'I5: %j is not what could be dialled, and is denied even with protection off',
  (dialled) => {
    const off = snapshotFor(germany, { ...everything, settings: { protection: false } });
    for (const snapshot of [snapshotFor(germany, everything), off]) {
      const screened = screen(snapshot, dialled);
      expect(screened.destination).toMatchObject({ kind: 'unreadable', cause: 'bad-character', number: '' });
      expect(outcomeOf(screened)).toBe('deny');
    }
  },
);

test('I5: the number to dial is the dialled string without its visual separators, nothing else changed', () => {
  const snapshot = snapshotFor({ ...germany, outsidePrefixes: ['0'] }, everything);
  const numberOf = (dialled: string) => screen(snapshot, dialled).destination.number;
  expect(numberOf('0 00 (43) 664-123.456')).toBe('00043664123456');
  expect(numberOf('0+43 (0)664 123456#')).toBe('0+430664123456#');
  expect(numberOf('1 1 2')).toBe('112');
});
