// One entry of a PIN: what counts of the digits that come, and that little is kept.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { createPinEntry, PIN_DIGITS_MAX } from '../../../src/asterisk/pin-entry.ts';

function enter(keys: string) {
  const entry = createPinEntry();
  for (const key of keys) entry.press(key);
  return entry;
}

it.each([
  ['', '', false],
  ['#', '', true],
  ['1234', '1234', false],
  ['1234#', '1234', true],
  ['1234#5678#', '1234', true],
  ['12*34#', '12*34', true],
  ['12A4#', '12A4', true],
])('takes %j for %j', (keys, digits, ended) => {
  const entry = enter(keys);
  expect({ ended: entry.ended, begun: entry.begun }).toEqual({ ended, begun: keys !== '' });
  expect(entry.take()).toBe(digits);
  expect(entry.take()).toBe('');
});

it('keeps one more than the longest PIN has, whatever is pressed, and never takes a long entry for a short one', () => {
  const keys = fc.stringMatching(/^[0-9*#A-D]{0,100}$/);
  fc.assert(
    fc.property(keys, (pressed) => {
      const [wanted = ''] = pressed.split('#');
      expect(enter(pressed).take()).toBe(wanted.slice(0, PIN_DIGITS_MAX + 1));
    }),
  );
});
