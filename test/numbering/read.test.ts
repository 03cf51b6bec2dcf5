// What one string means to one plan: services and their cost, kinds of numbers, codes without a country, carrier codes.
import { expect, test } from 'vitest';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { read } from '../../src/numbering/read.ts';
import { planFor } from '../barring/policy.ts';

/** `DE 00 0`: home region, international prefixes joined by `+`, outside prefix. */
function planOf(words: string) {
  const [homeRegion = '', prefixes = '', outside] = words.split(' ');
  const outsidePrefixes = outside === undefined ? [] : [outside];
  return compilePlan(planFor({ homeRegion, internationalPrefixes: prefixes.split('+'), outsidePrefixes }));
}

const meaning = (plan: string, dialled: string) => read(dialled, planOf(plan));

test.each([
  ['DE 00', '11880', 'directory'],
  ['GB 00', '118500', 'directory'],
  ['FR 00', '118218', 'directory'],
  ['ES 00', '11818', 'directory'],
  ['EE 00', '1182', 'directory'],
  ['JE 00', '118118', 'directory'],
  ['HR 00', '11888', 'directory'],
  ['BE 00', '1207', 'directory'],
  ['CH 00', '1811', 'directory'],
  ['IT 00', '1254', 'directory'],
  ['NZ 00', '018', 'directory'],
  ['AU 0011', '1234', 'directory'],
  ['US 011', '411', 'directory'],
  ['CA 011', '411', 'directory'],
  ['US 011 9', '9411', 'directory'],
  ['FR 00', '3612', 'premium'],
  ['CH 00', '1145', 'premium'],
])('home %s: %s is a service of the class %s', (plan, dialled, premiumClass) => {
  expect(meaning(plan, dialled)).toMatchObject({ kind: 'service', costClass: 'premium', premiumClass });
});

test.each([
  ['DE 00', '115', 'unknown'],
  ['DE 00', '116117', 'free'],
  ['MX 00', '040', 'unknown'],
])('home %s: %s is a service without a class of extra cost', (plan, dialled, costClass) => {
  const destination = meaning(plan, dialled);
  expect(destination).toMatchObject({ kind: 'service', costClass });
  expect(destination).not.toHaveProperty('premiumClass');
});

test.each([
  ['GB 00', '07640123456', 'national', 'GB', 'premium'],
  ['GB 00', '+447640123456', 'national', 'GB', 'premium'],
  ['DE 00', '00447640123456', 'international', 'GB', 'premium'],
  ['DE 00', '0048641234567', 'international', 'PL', 'pager'],
  ['PT 00', '707123456', 'national', 'PT', 'shared-cost'],
  ['DE 00', '00351707123456', 'international', 'PT', 'shared-cost'],
  ['DE 00', '01641234567', 'national', 'DE', 'pager'],
  ['DE 00', '018012345678', 'national', 'DE', 'shared-cost'],
  ['DE 00', '070012345678', 'national', 'DE', 'personal'],
  ['US 011', '5005551234', 'national', 'US', 'personal'],
  ['GB 00', '05512345678', 'national', 'GB', 'uan'],
  ['BR 00', '03001234567', 'national', 'BR', 'shared-cost'],
  ['DE 00', '+499001234567', 'national', 'DE', 'premium'],
  ['DE 00', '00499001234567', 'national', 'DE', 'premium'],
  ['DE 00', '+4930901820', 'national', 'DE', 'fixed'],
  ['MX 00', '+80012345678', 'international', '+800', 'toll-free'],
  ['MX 00', '+80812345678', 'international', '+808', 'shared-cost'],
  ['MX 00', '+870773111632', 'international', '+870', 'global-network'],
  ['MX 00', '+878101234567890', 'international', '+878', 'global-network'],
  ['MX 00', '+881612345678', 'international', '+881', 'global-network'],
  ['MX 00', '+8821612345678', 'international', '+882', 'global-network'],
  ['MX 00', '+883510012345678', 'international', '+883', 'global-network'],
  ['MX 00', '+888123456789', 'international', '+888', 'global-network'],
  ['MX 00', '+979123456789', 'international', '+979', 'premium'],
])('home %s: %s is %s, of %s, and %s', (plan, dialled, kind, region, numberType) => {
  expect(meaning(plan, dialled)).toMatchObject({ kind, regions: [region], numberType });
});

test.each([
  // 0014 and 0018 choose a carrier for an international call; 1831 and 1832 hide or show the caller's number.
  ['AU 0011', '0014541143211234', 'international +541143211234'],
  ['AU 0011', '0018541143211234', 'international +541143211234'],
  ['AU 0011', '1831 02 9374 4000', 'national +61293744000'],
  ['AU 0011', '1832 0412 345 678', 'national +61412345678'],
  ['AU 0011', '1831 0011 541143211234', 'unreadable hidden-prefix'],
  // Two digits choose the operator, for national and international calls.
  ['BR 00', '0021541143211234', 'international +541143211234'],
  ['BR 00', '0 21 11 98765 4321', 'national +5511987654321'],
  ['US 011', '1010288', 'unreadable carrier-code'],
  ['US 011 9', '91010288011541143211234', 'unreadable carrier-code'],
  ['US 011', '9501288', 'unreadable carrier-code'],
  ['DE 00', '01013 0049 30 901820', 'unreadable carrier-code'],
  // One's own region behind another's calling code, and another's behind one's own.
  ['US 011', '18765550123', 'international +18765550123'],
  ['US 011', '+1 212 555 0123', 'national +12125550123'],
  ['RU 810', '87012345678', 'international +77012345678'],
  // Two prefixes of the settings.
  ['US 011+00', '00541143211234', 'international +541143211234'],
  ['US 011+00', '011541143211234', 'international +541143211234'],
  // Where 0 is the outside prefix and national numbers begin with 0, the prefix is taken as dialled.
  ['DE 00 0', '0030901820', 'national +4930901820'],
  ['DE 00 0', '00541143211234', 'national +49541143211234'],
  ['DE 00 0', '000541143211234', 'international +541143211234'],
  ['DE 00 0', '0112', 'emergency 112'],
])('home %s: %s is %s', (plan, dialled, expected) => {
  const destination = meaning(plan, dialled);
  const told =
    destination.kind === 'unreadable'
      ? destination.cause
      : destination.kind === 'emergency'
        ? destination.service
        : 'e164' in destination && destination.e164;
  expect(`${destination.kind} ${String(told)}`).toBe(expected);
});
