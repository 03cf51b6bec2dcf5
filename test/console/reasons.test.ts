// The console has words for every reason and every step of a decision, in every language.
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { continueReasons, denyReasons } from '../../src/barring/reasons.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { reasons as german } from '../../src/console/words/de/reasons.ts';
import { reasons as english } from '../../src/console/words/en/reasons.ts';
import { reasons as spanish } from '../../src/console/words/es/reasons.ts';
import { reasons as french } from '../../src/console/words/fr/reasons.ts';
import { loadPolicy } from '../../src/store/policy.ts';
import { inMexico } from '../admin/in-mexico.ts';

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  english,
  french,
  spanish,
  german,
};
const codes = [...Object.keys(denyReasons), ...Object.keys(continueReasons), 'pin-required'];

/** Every step that calls of many kinds go through. */
function stepsTaken(): ReadonlySet<string> {
  const context = inMexico();
  setSettings(context, new Map([['outside-prefixes', ['9']]]));
  setExtensions(context, ['1001'], { right: 'on' });
  setCountries(context, ['FR'], 'allow');
  const snapshot = compileSnapshot(loadPolicy(context.store).barring);
  const numbers = [
    '911',
    '1002',
    '0033140205050',
    '90033140205050',
    '5512345678',
    '19005550100',
    '01900123',
    '#',
  ];
  const more = ['00870123456789', '+525512345678', '030', '00', '5', '33140205050', '18765550123'];
  return new Set(
    [...numbers, ...more].flatMap((dialled) =>
      [null, '1001'].flatMap((payer) => {
        const call = { dialled, payer, via: 'direct' as const, atMs: context.nowMs };
        return screenCall(snapshot, call).verdict.trace.map(({ step }) => step);
      }),
    ),
  );
}

describe('the words of reasons', () => {
  it.each(Object.keys(catalogues))('tell every reason in %s, short and as a sentence', (language) => {
    const words = catalogues[language] ?? {};
    const missing = codes.filter((code) => !words[code] || !words[`why-${code}`]);
    expect(missing).toEqual([]);
  });

  it('know every step that calls go through', () => {
    const steps = stepsTaken();
    expect(steps.size).toBeGreaterThan(15);
    const missing = [...steps].filter((step) => !(`step-${step}` in english));
    expect(missing).toEqual([]);
  });

  it('say the same in English as the daemon', () => {
    for (const [reason, { sentence }] of Object.entries(denyReasons)) {
      expect(english).toHaveProperty(`why-${reason}`, sentence);
    }
  });
});
