// What a refused picker hears.
import { describe, expect, it } from 'vitest';
import { refusalSounds } from '../../../src/asterisk/pickup-words.ts';

const announcements = { 'already-taken': 'taken&by', 'no-right': 'no' };

describe('the sounds of a refusal', () => {
  it.each([
    ['1003', 'taken&by&digits/1&digits/0&digits/0&digits/3'],
    ['0', 'taken&by&digits/0'],
    ['123456789012', `taken&by&${Array.from('123456789012', (digit) => `digits/${digit}`).join('&')}`],
    ['1234567890123', 'taken&by'],
    ['alice', 'taken&by'],
    ['10/../03', 'taken&by'],
    ['1003\n', 'taken&by'],
    ['١٠٠٣', 'taken&by'],
    ['', 'taken&by'],
    [null, 'taken&by'],
  ])('name %j, where he is an extension of digits that is not too long', (by, sounds) => {
    expect(refusalSounds(announcements, { sayTaker: true }, 'already-taken', by)).toBe(sounds);
    expect(refusalSounds(announcements, { sayTaker: false }, 'already-taken', by)).toBe('taken&by');
  });

  it('name nobody where nobody has taken a call, and are none where none are set', () => {
    expect(refusalSounds(announcements, { sayTaker: true }, 'no-right', '1003')).toBe('no');
    expect(refusalSounds({}, { sayTaker: true }, 'own-call', null)).toBe('');
    expect(refusalSounds({}, { sayTaker: true }, 'already-taken', '12')).toBe('digits/1&digits/2');
  });
});
