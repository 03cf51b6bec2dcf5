// What a trunk was told to dial, and for which numbers a verdict holds however a route rewrites them.
import { expect, it } from 'vitest';
import {
  couldBeDialled,
  isSameNumber,
  needsVerdict,
  numberInDialString,
} from '../../src/asterisk/guard-number.ts';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { createReader } from '../../src/numbering/reader.ts';
import { planFor } from '../barring/policy.ts';

const read = createReader(
  compilePlan(planFor({ internationalPrefixes: ['00'], outsidePrefixes: ['9'], internalPatterns: ['10XX'] })),
);

it.each([
  ['0054@trunk', '0054'],
  ['trunk/sip:0054@10.0.0.1:5060', '0054'],
  ['trunk/sip:0054;phone-context=x@10.0.0.1', '0054'],
  ['g0/0054', '0054'],
  ['peer/0054@context', '0054'],
  ['%3005%34@trunk', '0054'],
  ['trunk/sip:%30054@10.0.0.1', '0054'],
  ['1001', ''],
  ['trunk', ''],
  ['1001/sip:a8f3@10.0.0.1', 'a8f3'],
])('finds in %s the number %j', (dialstring, number) => {
  expect(numberInDialString(dialstring)).toBe(number);
});

it('takes for a number only what can be dialled', () => {
  const numbers = ['+5411', '00*1#', '911', '00-54 (1) 193.8384'];
  expect(numbers.filter(couldBeDialled)).toEqual(numbers);
  expect(['', 'a8f3', 'reception', '+', '-', '1;2', '1%202'].filter(couldBeDialled)).toEqual([]);
});

it.each([
  ['00541938384', true],
  ['+541938384', true],
  ['000000000000000001', true],
  ['911', false],
  ['9911', false],
  ['1001', false],
  ['5512345678', false],
])('asks for a verdict on %s: %s', (number, wanted) => {
  expect(needsVerdict(read(number))).toBe(wanted);
});

it.each([
  ['00541938384', '00541938384', true],
  ['00541938384', '+541938384', true],
  ['00541938384', '541938384', true],
  ['00541938384', '99900541938384', true],
  ['900541938384', '00541938384', true],
  ['5512345678', '00525512345678', true],
  ['5512345678', '005512345678', false],
  ['00541938384', '00541938385', false],
  ['911', '+1911', true],
  ['5512345678', '1015512345678', true],
  ['1001', '0051001', false],
  ['1001', '00541001', false],
])('a verdict on %s holds for %s on the trunk: %s', (judged, told, holds) => {
  expect(isSameNumber(read(judged), read(told), told)).toBe(holds);
});
