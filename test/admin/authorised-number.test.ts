// Numbers as administrators write them on lists: read by the PBX's own plan, or refused with the reason.
import { expect, test } from 'vitest';
import { readListedNumber } from '../../src/admin/authorised-number.ts';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { planFor } from '../barring/policy.ts';

const mexico = compilePlan(
  planFor({
    homeRegion: 'MX',
    internationalPrefixes: ['00'],
    outsidePrefixes: ['9'],
    internalPatterns: ['1XXX'],
    emergencyNumbers: ['0600'],
  }),
);
const germany = compilePlan(planFor({ homeRegion: 'DE', internationalPrefixes: ['00'] }));

test.each([
  ['+541143211234', '+541143211234'],
  ['00541143211234', '+541143211234'],
  ['9 00 54 11 4321-1234', '+541143211234'],
  [' +54 (11) 4321.1234 ', '+541143211234'],
  ['5512345678', '+525512345678'],
  ['+525512345678', '+525512345678'],
])('%j is kept as %j', (written, kept) => {
  expect(readListedNumber(written, mexico)).toMatchObject({ ok: true, e164: kept, notice: '' });
});

test('a national number is read with the trunk prefix of its country', () => {
  expect(readListedNumber('030 901820', germany)).toMatchObject({
    ok: true,
    e164: '+4930901820',
    isHome: true,
  });
  expect(readListedNumber('0900 1234567', germany)).toMatchObject({
    ok: true,
    e164: '+499001234567',
    isHome: false,
    notice: '+499001234567 costs extra (premium, Germany).',
  });
});

test.each([
  ['911', /emergency number/],
  ['+911', /emergency number/],
  ['0600', /emergency number/],
  ['1005', /internal number/],
  ['040', /short number/],
  ['', /it is empty/],
  ['hello', /characters that no number has/],
  ['+54114321;1234', /characters that no number has/],
  ['00', /too few digits/],
  ['+999123456789', /no country has such a code/],
  ['+54114321123412345', /too many digits/],
  // Spain without + and country code: nine digits that nobody may take for a Mexican number.
  ['541938384', /write it with \+ and the country code/],
])('%j is refused', (written, reason) => {
  const reading = readListedNumber(written, mexico);
  expect(reading.ok ? reading.e164 : reading.problem).toMatch(reason);
});

test('a number of odd length is kept, with a notice', () => {
  expect(readListedNumber('+541938384', mexico)).toMatchObject({
    ok: true,
    notice: '+541938384 has a length or beginning that Argentina is not known to use. Check it.',
  });
});
