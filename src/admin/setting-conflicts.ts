// What settings must not say together: above all, nothing may come between a caller and an emergency number.
import { canBeginWith } from '../numbering/asterisk-pattern.ts';
import { compilePlan, planProblems, type CompiledPlan } from '../numbering/compile-plan.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import type { Settings } from '../store/settings.ts';

/** Fewer digits behind an international prefix are no number of another country. */
const INTERNATIONAL_REST_MIN = 5;

/**
 * What is wrong with these settings as a whole, one sentence each. Without a home region little can be
 * judged.
 */
export function settingConflicts(settings: Settings, plan: NumberingPlan | null): readonly string[] {
  const codes = pickupCodeConflicts(settings);
  if (plan === null) return codes;
  const problems = planProblems(plan);
  if (problems.length > 0) return [...problems, ...codes];
  const compiled = compilePlan(plan);
  return [
    ...codes,
    ...emergencyConflicts(settings, compiled),
    ...prefixConflicts(settings),
    ...patternConflicts(compiled),
  ];
}

/**
 * What the administrator should know, though it is allowed. Emergency numbers win over every other reading.
 */
export function settingNotices(plan: NumberingPlan): readonly string[] {
  const compiled = compilePlan(plan);
  const covered = [...compiled.shortNumbers.emergency].flatMap((number) =>
    compiled.internal
      .filter(({ pattern }) => pattern.test(number))
      .map(
        ({ source }) =>
          `${number} stays an emergency number, though the internal pattern ${source} covers it.`,
      ),
  );
  return covered.sort();
}

/** Why the pickup codes cannot stand in one dialplan, one sentence each. */
export function pickupCodeConflicts(settings: Settings): readonly string[] {
  const group = settings['pickup-group-code'];
  const directed = settings['pickup-directed-code'];
  const any = settings['pickup-any-code'];
  return [
    ...(group.startsWith(directed)
      ? [
          `pickup-group-code ${group} begins with pickup-directed-code ${directed}: it would be taken for an ` +
            'extension.',
        ]
      : []),
    ...(hasDigitBehind(directed, group)
      ? [
          `pickup-directed-code ${directed} is pickup-group-code ${group} with digits behind it: it would be taken ` +
            'for the number of a group.',
        ]
      : []),
    ...(any === group ? [`pickup-any-code ${any} is pickup-group-code as well. Give each its own.`] : []),
    ...(any === directed
      ? [`pickup-any-code ${any} is pickup-directed-code as well. Give each its own.`]
      : []),
    ...(hasDigitBehind(any, group)
      ? [
          `pickup-any-code ${any} is pickup-group-code ${group} with digits behind it: the group of that number ` +
            'could not be dialled.',
        ]
      : []),
    ...(hasDigitBehind(any, directed)
      ? [
          `pickup-any-code ${any} begins with pickup-directed-code ${directed}: it would be taken for an extension.`,
        ]
      : []),
  ];
}

/** Behind a code `*` and `#` are neither an extension nor the number of a group, and the longer code is another one. */
const hasDigitBehind = (code: string, begin: string) =>
  code.startsWith(begin) && /^\d/.test(code.slice(begin.length));

function emergencyConflicts(settings: Settings, { shortNumbers }: CompiledPlan): readonly string[] {
  const { emergency } = shortNumbers;
  if (emergency.size === 0) {
    return ['No emergency number would be left. Name them in emergency-numbers first.'];
  }
  const taken = (
    [
      ['outside-prefixes', settings['outside-prefixes']],
      ['international-prefixes', settings['international-prefixes']],
      ['carrier-codes', settings['carrier-codes']],
      ['service-numbers', settings['service-numbers']],
      ['internal-patterns', settings['internal-patterns']],
      ['national-prefix', [settings['national-prefix'] ?? '']],
    ] as const
  ).flatMap(([key, values]) =>
    values
      .filter((value) => emergency.has(value))
      .map((value) => `${key} must not hold ${value}, which is an emergency number.`),
  );
  // An emergency number passes unjudged: one that reaches another country would be a hole.
  const abroad = settings['emergency-numbers'].filter((number) =>
    settings['international-prefixes'].some(
      (prefix) => number.startsWith(prefix) && number.length - prefix.length >= INTERNATIONAL_REST_MIN,
    ),
  );
  return [
    ...taken,
    ...abroad.map((number) => `emergency-numbers must not hold ${number}, which is an international number.`),
  ];
}

function prefixConflicts(settings: Settings): readonly string[] {
  const international = new Set(settings['international-prefixes']);
  return [
    ...settings['outside-prefixes']
      .filter((prefix) => international.has(prefix))
      .map((prefix) => `${prefix} cannot be an outside prefix and an international prefix at once.`),
    ...settings['carrier-codes']
      .filter((code) => international.has(code))
      .map(
        (code) => `${code} cannot be a carrier code, as every international call behind it would be refused.`,
      ),
  ];
}

/** A pattern that takes in whole international numbers would let them out unjudged, as internal calls. */
function patternConflicts(compiled: CompiledPlan): readonly string[] {
  const prefixes = [...compiled.configuredPrefixes, ...compiled.publishedPrefixes];
  const starts = ['', ...compiled.outsidePrefixes].flatMap((outside) =>
    prefixes.map((prefix) => outside + prefix),
  );
  return compiled.internal.flatMap(({ source, places }) => {
    const swallowed = starts.find(
      (start) => places.length - start.length >= INTERNATIONAL_REST_MIN && canBeginWith(places, start),
    );
    if (swallowed === undefined) return [];
    return [
      `The internal pattern ${source} takes in international numbers that begin with ${swallowed}. ` +
        'Write its first digits out.',
    ];
  });
}
