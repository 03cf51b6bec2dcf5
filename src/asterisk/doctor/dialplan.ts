// The dialplan that Asterisk has, as a value: contexts, their extensions step by step, and what they include.
import type { AmiHeaders } from '../ami/message.ts';
import { canMeet, shapeOf, type Shape } from './extension-pattern.ts';

export interface Step {
  readonly priority: number;
  readonly label: string;
  readonly application: string;
  readonly data: string;
}

export interface Extension {
  /** Where it is written. */
  readonly context: string;
  readonly name: string;
  readonly shape: Shape;
  /** By priority, which begins at 1. */
  readonly steps: ReadonlyMap<number, Step>;
}

export interface Context {
  readonly name: string;
  readonly extensions: readonly Extension[];
  readonly includes: readonly string[];
  /** Look-ups elsewhere (`switch =>`), which nobody can see through. */
  readonly switches: readonly string[];
}

export type Dialplan = ReadonlyMap<string, Context>;

const INCLUDE_DEPTH_MAX = 128;

interface Draft {
  readonly extensions: Map<string, Map<number, Step>>;
  readonly includes: string[];
  readonly switches: string[];
}

/** From the events of `ShowDialPlan` (main/pbx.c, manager_show_dialplan_helper). */
export function readDialplan(rows: readonly AmiHeaders[]): Dialplan {
  const drafts = new Map<string, Draft>();
  for (const row of rows) {
    const name = row['context'];
    if (name === undefined) continue;
    const draft: Draft = drafts.get(name) ?? { extensions: new Map(), includes: [], switches: [] };
    drafts.set(name, draft);
    const { includecontext, switch: elsewhere, extension, priority } = row;
    // An include may have times behind it (`night,20:00-06:00,*,*,*`): it counts at any time.
    if (includecontext !== undefined) draft.includes.push(includecontext.split(/[,|]/, 1).join(''));
    else if (elsewhere !== undefined) draft.switches.push(elsewhere);
    else if (extension !== undefined && priority !== undefined && /^\d+$/.test(priority)) {
      const steps = draft.extensions.get(extension) ?? new Map<number, Step>();
      draft.extensions.set(extension, steps);
      const { extensionlabel = '', application = '', appdata = '' } = row;
      steps.set(Number(priority), {
        priority: Number(priority),
        label: extensionlabel,
        application,
        data: appdata,
      });
    }
  }
  return new Map([...drafts].map(([name, draft]) => [name, contextOf(name, draft)]));
}

function contextOf(name: string, { extensions, includes, switches }: Draft): Context {
  const read = [...extensions].map(([extension, steps]) => ({
    context: name,
    name: extension,
    shape: shapeOf(extension),
    steps,
  }));
  return { name, extensions: read, includes, switches };
}

/** The context and everything that it includes, nearest first, each once. */
export function withIncludes(plan: Dialplan, name: string): readonly Context[] {
  const found = new Map<string, Context>();
  const look = (each: string, depth: number) => {
    const context = plan.get(each);
    if (!context || found.has(each) || depth > INCLUDE_DEPTH_MAX) return;
    found.set(each, context);
    for (const include of context.includes) look(include, depth + 1);
  };
  look(name, 0);
  return [...found.values()];
}

/**
 * The extensions that a call in the context can come to with what it dials. A plain number comes to the first context that
 * knows it, and there to the very number before any pattern.
 */
export function extensionsFor(plan: Dialplan, context: string, dialled: Shape): readonly Extension[] {
  const isPlain = !dialled.open && dialled.places.every((place) => place !== null && place.length === 1);
  const all: Extension[] = [];
  for (const { extensions } of withIncludes(plan, context)) {
    const found = extensions.filter(({ shape }) => canMeet(shape, dialled));
    const exact = isPlain ? found.filter(({ name }) => !name.startsWith('_')) : [];
    if (isPlain && found.length > 0) return exact.length > 0 ? exact : found;
    all.push(...found);
  }
  return all;
}
