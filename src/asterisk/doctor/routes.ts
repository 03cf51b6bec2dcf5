// The ways to a trunk, as the walk finds them: which are not screened, not locked, or not to be seen through.
import { CONTEXTS } from '../dialplan/variables.ts';
import type { Destination, Surroundings } from './destinations.ts';
import { extensionsFor, withIncludes, type Dialplan } from './dialplan.ts';
import { shapeOf } from './extension-pattern.ts';
import { failure, warning, type Finding } from './finding.ts';
import { isOurs, walkDialplan, type Visit } from './walk.ts';

export interface RouteQuestion {
  readonly plan: Dialplan;
  readonly around: Surroundings;
  /** Where phones land, and those of `TRANSFER_CONTEXT` and the like. */
  readonly phoneContexts: readonly string[];
  /** International dialing codes. */
  readonly internationalPrefixes: readonly string[];
}

const PRIVATE_CONTEXTS: ReadonlySet<string> = new Set([
  CONTEXTS.screen,
  CONTEXTS.number,
  CONTEXTS.staticRules,
  CONTEXTS.gate,
  CONTEXTS.pickup,
]);
const PICKUP_CODES = CONTEXTS.pickupCodes;
const ROUTE_LINES = 'Set(CALLWARDEN_DIALLED=${EXTEN}) and Gosub(callwarden-screen,s,1)';
const GATE_OPTION = 'b(callwarden-gate^s^1(${CALLWARDEN_NUMBER}))';
const FINDINGS_MAX = 500;

export function examineRoutes(question: RouteQuestion): readonly Finding[] {
  const { plan, around, phoneContexts } = question;
  const found = new Map<string, Finding>();
  let isElsewhere = false;
  const add = (finding: Finding, place: string) => {
    const key = `${finding.code}\n${place}`;
    if (!found.has(key) && found.size < FINDINGS_MAX) found.set(key, finding);
  };
  const walk = walkDialplan(plan, around, {
    onDial: (visit, destination, options, raw) => {
      for (const finding of dialFindings(visit, destination, options, raw, isElsewhere)) {
        add(finding, placeOf(visit));
      }
    },
    onUnknown: (visit, what) => {
      if (visit.flags.screened) return;
      add(cannotTell(visit, what), placeOf(visit));
    },
    onOurs: (visit, context) => add(intoOurs(placeOf(visit), context), placeOf(visit)),
  });
  for (const context of phoneContexts) walk.from(context);
  isElsewhere = true;
  for (const context of rootsBeside(plan, phoneContexts)) walk.from(context);
  const cut = walk.cutShort
    ? [warning('dialplan-too-large', 'The dialplan is too large to follow every way through it.', '')]
    : [];
  return [...found.values(), ...includeFindings(question), ...internationalRoutes(question), ...cut];
}

const placeOf = ({ extension, step }: Visit) => `[${extension.context}] ${extension.name},${step.priority}`;

function dialFindings(
  visit: Visit,
  destination: Destination,
  options: string,
  raw: string,
  isElsewhere: boolean,
): readonly Finding[] {
  const { flags, step } = visit;
  const place = placeOf(visit);
  if (destination.kind === 'unknown') {
    return flags.screened ? [] : [cannotTell(visit, `the destination ${destination.text}`)];
  }
  if (destination.kind !== 'trunk') return [];
  const line = `${place}: ${step.application}(${step.data})`;
  const isLocked = options.includes('callwarden-gate');
  if (!flags.screened && !isLocked) return [unscreened(visit, destination.name, line, isElsewhere)];
  const late =
    flags.timer === 'over-door'
      ? [
          failure(
            'timer-not-cleared',
            `${line} dials while the timeout of the question before still runs: the call is cut in the middle.`,
            'Set(TIMEOUT(absolute)=0) before the Dial.',
          ),
        ]
      : [];
  if (!flags.screened) {
    const text = `${line} is locked by the gate, and nothing on the way there screens: every call is refused.`;
    return [...late, warning('gate-without-screening', text, `Put ${ROUTE_LINES} before it.`)];
  }
  if (!isLocked) {
    const text = `${line} is screened, and not locked: a redirect or a transfer into this line goes out.`;
    return [...late, warning('no-gate', text, `Add ${GATE_OPTION} to the options of the Dial.`)];
  }
  if (raw.includes('${EXTEN')) {
    const text = `${line} dials what was typed, not the number that was judged.`;
    return [...late, warning('dials-another-number', text, 'Dial ${CALLWARDEN_NUMBER}.')];
  }
  return late;
}

function unscreened({ flags }: Visit, trunk: string, line: string, isElsewhere: boolean): Finding {
  const remedy = `Put ${ROUTE_LINES} before it, and ${GATE_OPTION} into its options.`;
  if (flags.door !== '') {
    const text =
      `${line} reaches the trunk ${trunk} behind ${flags.door}: where that program is away, Asterisk goes on ` +
      'here, and the call is out.';
    return failure('fail-open', text, remedy);
  }
  const text = `${line} reaches the trunk ${trunk} without screening.`;
  if (!isElsewhere) return failure('unscreened-route', text, remedy);
  return warning(
    'unscreened-elsewhere',
    `${text} No phone lands there, but calls from elsewhere may.`,
    remedy,
  );
}

function cannotTell(visit: Visit, what: string): Finding {
  const text = `${placeOf(visit)}: ${visit.step.application}(${visit.step.data}) goes where nobody can tell from here: ${what}.`;
  return warning('cannot-tell', text, 'See by hand that it reaches no trunk, or screen before it.');
}

function intoOurs(place: string, context: string): Finding {
  return failure(
    'private-context',
    `${place} leads into [${context}], which is the inside of the routine.`,
    'Use Gosub(callwarden-screen,s,1).',
  );
}

function includeFindings({ plan, phoneContexts }: RouteQuestion): readonly Finding[] {
  const reached = new Map(
    phoneContexts.flatMap((context) =>
      withIncludes(plan, context).map(({ name }) => [name, context] as const),
    ),
  );
  const isReached = [...plan.values()].flatMap(({ name, includes }) =>
    isOurs(name)
      ? []
      : includes
          .filter((include) => PRIVATE_CONTEXTS.has(include))
          .map((include) =>
            failure(
              'private-context',
              `[${name}] includes [${include}]: whoever dials there walks into the inside of the routine.`,
              `Take "include => ${include}" out of [${name}].`,
            ),
          ),
  );
  const landing = phoneContexts
    .filter((context) => PRIVATE_CONTEXTS.has(context))
    .map((context) => intoOurs(`A phone lands there: its endpoint`, context));
  const codes =
    phoneContexts.length === 0 || reached.has(PICKUP_CODES)
      ? []
      : [
          warning(
            'no-pickup-codes',
            'No context in which phones dial includes the pickup codes.',
            `Add "include => ${PICKUP_CODES}" to it, or leave it, if nobody is to take calls.`,
          ),
        ];
  return [...isReached, ...landing, ...codes];
}

/** Contexts that no phone lands in and nothing else leads to: inbound trunks, and what only programs start. */
function rootsBeside(plan: Dialplan, phoneContexts: readonly string[]): readonly string[] {
  const texts = [...plan.values()].flatMap(({ extensions, includes }) =>
    includes.concat(extensions.flatMap(({ steps }) => [...steps.values()].map(({ data }) => data))),
  );
  const mentioned = new Set(texts.flatMap((text) => text.match(/[\w-]+/g) ?? []));
  return [...plan.keys()].filter(
    (name) =>
      !isOurs(name) && !name.startsWith('macro-') && !phoneContexts.includes(name) && !mentioned.has(name),
  );
}

/** A phone that dials abroad comes to no route at all, and hears nothing of why. */
function internationalRoutes(question: RouteQuestion): readonly Finding[] {
  const { plan, phoneContexts, internationalPrefixes } = question;
  return phoneContexts.flatMap((context) =>
    internationalPrefixes.flatMap((prefix) => {
      const abroad = { places: [...shapeOf(prefix).places, ...ABROAD], open: false };
      const switches = withIncludes(plan, context).flatMap((each) => each.switches);
      if (switches.length > 0 || extensionsFor(plan, context, abroad).length > 0) return [];
      return [
        warning(
          'no-international-route',
          `In [${context}] no extension matches the international dialing code ${prefix}: calls abroad end there.`,
          `Add a route for _${prefix}X. that is screened, or take ${prefix} out of international-prefixes.`,
        ),
      ];
    }),
  );
}

const ABROAD = Array.from({ length: 10 }, () => '0123456789');
