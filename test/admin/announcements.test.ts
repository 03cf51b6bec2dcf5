// Announcements: by reason, for every language or for one.
import { describe, expect, it } from 'vitest';
import { listAnnouncements, resetAnnouncement, setAnnouncement } from '../../src/admin/announcements.ts';
import { readAnnouncements } from '../../src/store/announcements.ts';
import { verifyPolicy } from '../../src/store/policy.ts';
import { readSettings } from '../../src/store/settings.ts';
import { tempContext } from '../store/temp-store.ts';

describe('announcements', () => {
  it('are set and reset for every language by the settings', () => {
    const context = tempContext();
    const { changes, notices } = setAnnouncement(
      context,
      'country-denied',
      'our/no-country&vm-goodbye',
      null,
    );
    expect(changes).toMatchObject([
      { subject: 'announcement-country-denied', after: 'our/no-country&vm-goodbye' },
    ]);
    expect(notices).toContainEqual(
      expect.stringMatching(/our\/no-country is a recording.*our\/no-country\.wav/),
    );
    expect(readSettings(context.store)['announcement-country-denied']).toBe('our/no-country&vm-goodbye');
    resetAnnouncement(context, 'announcement-country-denied', null);
    expect(readSettings(context.store)['announcement-country-denied']).toBe('cannot-complete-as-dialed');
    setAnnouncement(context, 'country-denied', 'none', null);
    expect(readSettings(context.store)['announcement-country-denied']).toBe('');
  });

  it('are set and reset for one language beside it', () => {
    const context = tempContext();
    setAnnouncement(context, 'country-denied', 'beep', 'fr-CA');
    setAnnouncement(context, 'pin-prompt', 'beep', 'fr');
    expect(setAnnouncement(context, 'country-denied', 'beep', 'fr_ca').changes).toEqual([]);
    expect(readAnnouncements(context.store)).toEqual([
      { reason: 'country-denied', language: 'fr_ca', sound: 'beep' },
      { reason: 'pin-prompt', language: 'fr', sound: 'beep' },
    ]);
    const shown = listAnnouncements(context.store).filter(({ reason }) => reason === 'country-denied');
    expect(shown.map(({ language, sound }) => [language, sound])).toEqual([
      [null, 'cannot-complete-as-dialed'],
      ['fr_ca', 'beep'],
    ]);
    expect(resetAnnouncement(context, 'country-denied', 'fr_CA').changes).toMatchObject([
      { before: 'beep', after: null },
    ]);
    expect(resetAnnouncement(context, 'country-denied', 'fr_CA').changes).toEqual([]);
    verifyPolicy(context.store);
  });

  it.each([
    ['contry-denied', 'beep', null, /Did you mean country-denied/],
    ['country-denied', 'beep.wav', null, /without its ending/],
    ['country-denied', '../beep', null, /no name of an Asterisk sound/],
    ['country-denied', 'beep,1', null, /no name of an Asterisk sound/],
    ['country-denied', 'beep&', null, /no name of an Asterisk sound/],
    ['country-denied', 'a'.repeat(201), null, /no name of an Asterisk sound/],
    ['country-denied', 'beep', 'french!', /--language takes/],
    ['own-call', 'beep', 'fr', /same in every language/],
  ])('for %s as %s in %s are refused', (reason, sound, language, sentence) => {
    const context = tempContext();
    expect(() => setAnnouncement(context, reason, sound, language)).toThrow(sentence);
  });
});
