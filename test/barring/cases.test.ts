// The shared case tables: every row through reading and judging, as their README says.
import { expect, test } from 'vitest';
import type { ScreenedCall } from '../../src/barring/screen-call.ts';
import { moreCases } from '../cases/more-cases.ts';
import { loadCases, loadFurther, planOf } from '../cases/shared-cases.ts';
import { outcomeOf, screen, snapshotFor } from './policy.ts';

const cases = [...loadCases('manuals.json'), ...loadCases('adversarial.json')];

test.each(cases)('$id $class: $why', (each) => {
  const snapshot = snapshotFor(
    {
      homeRegion: each.home,
      internationalPrefixes: [each.idd],
      outsidePrefixes: each.outsidePrefix === '' ? [] : [each.outsidePrefix],
      nationalPrefix: each.ndd,
    },
    {
      allowed: each.policy.allowedCountries,
      premium: each.policy.premium,
      international: each.policy.extensionInternational,
    },
  );
  const screened = screen(snapshot, each.dialed);
  expect({ outcome: outcomeOf(screened), kind: each.kind && screened.destination.kind }).toEqual({
    outcome: each.expect,
    kind: each.kind,
  });
});

test.each(moreCases)('home %s, allowed "%s": %s is %s', (plan, allowed, dialled, reason) => {
  const snapshot = snapshotFor(planOf(plan), { allowed: allowed === '' ? [] : [allowed] });
  expect(reasonOf(screen(snapshot, dialled))).toBe(reason);
});

test.each(loadFurther())('$class: home $plan, allowed "$allowed": $expect', (each) => {
  const snapshot = snapshotFor(planOf(each.plan), { allowed: each.allowed === '' ? [] : [each.allowed] });
  const wrong = each.dialled.filter((dialled) => {
    const screened = screen(snapshot, dialled);
    const outcome = screened.destination.kind === 'emergency' ? 'emergency' : outcomeOf(screened);
    // Among ordinary numbers at home there are emergency numbers too.
    return outcome !== each.expect && !(each.expect === 'not-international' && outcome === 'emergency');
  });
  expect(wrong).toEqual([]);
});

/** The reason, with what it is about: the regions of a country rule, the cause of an unreadable number. */
function reasonOf({ destination, verdict }: ScreenedCall): string {
  if (destination.kind === 'unreadable') return `${verdict.reason} ${destination.cause}`;
  const isCountry = verdict.reason.startsWith('country-');
  if (!isCountry || destination.kind !== 'international') return verdict.reason;
  return `${verdict.reason} ${destination.regions.join('+')}`;
}
