// Names beside extensions: learnt from answers, and forgotten when the user has none any more.
import { expect, it } from 'vitest';
import { learnNames, learnUsers, withName } from '../../src/console/api/people.ts';

it('calls an extension by the name that was told last, and by none when it was taken away', () => {
  expect(withName('1003')).toBe('1003');
  learnNames({ names: { 1003: 'Eva Brown', 1004: 'Ana' } });
  expect(withName('1003')).toBe('1003 Eva Brown');
  learnUsers({ rows: [{ extension: '1003', name: 'Eva Green' }] });
  expect(withName('1003')).toBe('1003 Eva Green');
  learnUsers({ extension: '1003', name: '' });
  expect([withName('1003'), withName('1004')]).toEqual(['1003', '1004 Ana']);
});

it('learns nothing from what tells no users', () => {
  for (const told of [null, 'text', {}, { rows: [null, 7, { extension: 7, name: 'x' }] }, { names: null }]) {
    learnUsers(told);
    learnNames(told);
  }
  expect(withName('7')).toBe('7');
});
