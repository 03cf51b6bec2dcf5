// Walks the dialplan as calls could go, from every extension of a context, and tells of each dial that it comes to.
import { CONTEXTS } from '../dialplan/variables.ts';
import type { Destination, Surroundings } from './destinations.ts';
import { destinationOf, shapeIn, withGlobals } from './destinations.ts';
import { extensionsFor, type Dialplan, type Extension, type Step } from './dialplan.ts';
import { ANYTHING, type Shape } from './extension-pattern.ts';
import { movesOf, type Move, type Target } from './moves.ts';

/** What holds of a call on its way. */
interface Flags {
  /** It has passed the screening routine. */
  readonly screened: boolean;
  /** The program that it was handed to last while unscreened; '' for none. */
  readonly door: string;
  /** A timeout of the call runs since before it was handed to a program. */
  readonly timer: 'off' | 'runs' | 'over-door';
}

interface Place {
  /** Of the channel: where relative jumps are looked up, with what it includes. */
  readonly context: string;
  readonly extension: Extension;
  readonly priority: number;
}

export interface Visit {
  readonly extension: Extension;
  readonly step: Step;
  readonly flags: Flags;
}

export interface Walker {
  readonly onDial: (visit: Visit, destination: Destination, options: string, raw: string) => void;
  /** A jump whose place nobody can tell. */
  readonly onUnknown: (visit: Visit, what: string) => void;
  /** A jump into one of our contexts that is not the routine's door. */
  readonly onOurs: (visit: Visit, context: string) => void;
}

/** Steps looked at in one examination; beyond it the rest is not looked at, which is told. */
const VISITS_MAX = 400_000;
const DEPTH_MAX = 40;
const ROUTINE = CONTEXTS.screen;

export interface Walk {
  /** From all extensions of the context and what it includes. */
  from(context: string): void;
  readonly cutShort: boolean;
}

interface State {
  readonly plan: Dialplan;
  readonly around: Surroundings;
  readonly walker: Walker;
  /** Place and flags that a call came to -> how it can come back from there. */
  readonly known: Map<string, readonly Flags[]>;
  visits: number;
}

export function walkDialplan(plan: Dialplan, around: Surroundings, walker: Walker): Walk {
  const state: State = { plan, around, walker, known: new Map(), visits: 0 };
  return {
    from(context) {
      for (const extension of extensionsFor(plan, context, ANYTHING)) {
        if (isOurs(extension.context)) continue;
        run(state, { context, extension, priority: 1 }, UNSCREENED, 0);
      }
    },
    get cutShort() {
      return state.visits > VISITS_MAX;
    },
  };
}

const UNSCREENED: Flags = { screened: false, door: '', timer: 'off' };
/** The inside of the generated file; a site may have contexts of its own whose names begin so. */
const ours: ReadonlySet<string> = new Set(Object.values(CONTEXTS));
export const isOurs = (context: string) => ours.has(context);
const keyOf = ({ context, extension, priority }: Place, { screened, door, timer }: Flags) =>
  [context, extension.context, extension.name, priority, screened, door, timer].join('\n');

/** All that can come of it, and with which flags it comes back to a caller. */
function run(state: State, start: Place, flags: Flags, depth: number): readonly Flags[] {
  const key = keyOf(start, flags);
  const known = state.known.get(key);
  if (known !== undefined || depth > DEPTH_MAX) return known ?? [];
  state.known.set(key, []);
  const returned = new Map<string, Flags>();
  const seen = new Set<string>();
  const open: [Place, Flags][] = [[start, flags]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [place, has] = next;
    const step = place.extension.steps.get(place.priority);
    const here = keyOf(place, has);
    if (seen.has(here) || (state.visits += 1) > VISITS_MAX) continue;
    seen.add(here);
    if (step === undefined) {
      // The end of an extension is the end of a macro too.
      returned.set(JSON.stringify(has), has);
      continue;
    }
    let now: Flags = has;
    for (const move of movesOf(step.application, step.data)) {
      if (move.kind === 'timer') now = withTimer(now, move.runs ? 'runs' : 'off');
      if (move.kind === 'door') now = throughDoor(now, place, move.application);
      if (move.kind === 'return') returned.set(JSON.stringify(now), now);
      open.push(...follow(state, { place, step, flags: now, depth }, move));
    }
  }
  const result = [...returned.values()];
  state.known.set(key, result);
  return result;
}

const withTimer = (flags: Flags, timer: Flags['timer']): Flags => ({ ...flags, timer });

function throughDoor(flags: Flags, { extension, priority }: Place, application: string): Flags {
  const timer = flags.timer === 'runs' ? 'over-door' : flags.timer;
  if (flags.screened) return { ...flags, timer };
  return { ...flags, timer, door: `${application} in [${extension.context}] ${extension.name},${priority}` };
}

interface Standing {
  readonly place: Place;
  readonly step: Step;
  readonly flags: Flags;
  readonly depth: number;
}

function follow(state: State, at: Standing, move: Move): [Place, Flags][] {
  const { place, step, flags } = at;
  const onward: [Place, Flags][] = [[{ ...place, priority: place.priority + 1 }, flags]];
  switch (move.kind) {
    case 'next':
      return onward;
    case 'goto':
      return placesOf(state, at, move.target).map((target) => [target, flags]);
    case 'gosub':
      return afterGosub(state, at, move.target);
    case 'macro': {
      const target = { context: `macro-${move.name}`, extension: 's', priority: '1' };
      return comeBack(state, at, placesOf(state, at, target));
    }
    case 'digits': {
      const context = move.context === '' ? place.context : move.context;
      return extensionsFor(state.plan, context, ANYTHING)
        .filter((extension) => !isOurs(extension.context))
        .map((extension) => [{ context, extension, priority: 1 }, flags]);
    }
    case 'dial':
      for (const raw of move.destinations) dial(state, at, raw, move.options);
      return [];
    case 'queue':
      for (const member of state.around.queues.get(move.name) ?? []) dial(state, at, member, '');
      return [];
    case 'hidden':
      state.walker.onUnknown({ extension: place.extension, step, flags }, move.application);
      return [];
    case 'return':
    case 'door':
    case 'timer':
      return [];
  }
}

function afterGosub(state: State, at: Standing, target: Target): [Place, Flags][] {
  const { place, flags } = at;
  if (target.context !== ROUTINE) return comeBack(state, at, placesOf(state, at, target));
  return [
    [
      { ...place, priority: place.priority + 1 },
      { screened: true, door: '', timer: flags.timer },
    ],
  ];
}

function comeBack(
  state: State,
  { place, flags, depth }: Standing,
  targets: readonly Place[],
): [Place, Flags][] {
  const after = { ...place, priority: place.priority + 1 };
  return targets.flatMap((target) =>
    run(state, target, flags, depth + 1).map((back): [Place, Flags] => [after, back]),
  );
}

function dial(state: State, { place, step, flags, depth }: Standing, raw: string, options: string): void {
  const { plan, around, walker } = state;
  const destination = destinationOf(raw, place.extension.shape, around);
  walker.onDial({ extension: place.extension, step, flags }, destination, options, raw);
  if (destination.kind !== 'local') return;
  // A call of its own from there on; what was judged is the number that it carries.
  const carried = { ...UNSCREENED, screened: flags.screened && destination.judged };
  for (const extension of extensionsFor(plan, destination.context, destination.extension)) {
    if (isOurs(extension.context)) continue;
    run(state, { context: destination.context, extension, priority: 1 }, carried, depth + 1);
  }
}

/** The places that a jump can lead to. */
function placesOf(state: State, { place, step, flags }: Standing, target: Target): Place[] {
  const { plan, around, walker } = state;
  const visit = { extension: place.extension, step, flags };
  const written = withGlobals(target.context, around.globals).replaceAll('${CONTEXT}', place.context);
  if (written.includes('$')) {
    walker.onUnknown(visit, `the context ${target.context}`);
    return [];
  }
  const context = written === '' ? place.context : written;
  if (isOurs(context)) {
    if (context !== CONTEXTS.gate && context !== ROUTINE) walker.onOurs(visit, context);
    return [];
  }
  const stays = target.extension === '' && target.context === '';
  const extensions = stays
    ? [place.extension]
    : extensionsFor(plan, context, wantedShape(target.extension, place.extension));
  return extensions
    .filter((extension) => !isOurs(extension.context))
    .flatMap((extension) => {
      const priority = priorityOf(extension, target.priority);
      return priority === null ? [] : [{ context, extension, priority }];
    });
}

function wantedShape(text: string, from: Extension): Shape {
  if (text === '') return from.shape;
  return shapeIn(text, from.shape) ?? ANYTHING;
}

/** A number, or a label; null where there is none of that name. */
function priorityOf(extension: Extension, written: string): number | null {
  if (/^\d+$/.test(written)) return Number(written);
  const labelled = [...extension.steps.values()].find(({ label }) => label === written && label !== '');
  return labelled?.priority ?? (written.includes('$') ? 1 : null);
}
