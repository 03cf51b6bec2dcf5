// Where a destination of Dial leads: to a phone of the house, to a trunk, into the dialplan, or nobody can tell.
import { ANYTHING, canMeet, joined, shapeOf, without, type Shape } from './extension-pattern.ts';

export interface Surroundings {
  /** Every endpoint that Asterisk knows, by its exact name; null where that could not be read. */
  readonly endpoints: readonly string[] | null;
  readonly isTrunk: (endpoint: string) => boolean;
  /** Global variables of the dialplan. */
  readonly globals: ReadonlyMap<string, string>;
  /** Members of queues, such as `Local/1002@internal`. */
  readonly queues: ReadonlyMap<string, readonly string[]>;
}

export type Destination =
  | { readonly kind: 'phone' }
  | { readonly kind: 'trunk'; readonly name: string }
  | { readonly kind: 'local'; readonly extension: Shape; readonly context: string; readonly judged: boolean }
  | { readonly kind: 'unknown'; readonly text: string };

const GLOBAL_DEPTH_MAX = 5;
/** Technologies that lead to nobody outside. */
const INSIDE = new Set([
  'console',
  'bridge',
  'confbridge',
  'audiosocket',
  'websocket',
  'unicastrtp',
  'multicastrtp',
]);
/** Set by the routine: what is dialled by it was judged. */
const JUDGED = '${CALLWARDEN_NUMBER}';

/** Puts global variables in the place of their names, as far as they are known. */
export function withGlobals(text: string, globals: ReadonlyMap<string, string>): string {
  let known = text;
  for (let depth = 0; depth < GLOBAL_DEPTH_MAX && known.includes('${'); depth += 1) {
    known = known.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => globals.get(name) ?? whole);
  }
  return known;
}

/** What a text with variables can be, when `dialled` is the extension; null where it can be anything. */
export function shapeIn(text: string, dialled: Shape): Shape | null {
  const parts = text.split(/(\$\{(?:[^{}]|\{[^{}]*\})*\})/).filter((part) => part !== '');
  const shapes = parts.map((part) => {
    if (!part.startsWith('${')) return part.includes('$') ? null : { places: part.split(''), open: false };
    const [, skipped] = /^\$\{EXTEN(?::(\d{1,2}))?\}$/.exec(part) ?? [];
    if (skipped !== undefined) return without(dialled, Number(skipped));
    return part === '${EXTEN}' ? dialled : null;
  });
  return shapes.some((shape) => shape === null) ? null : joined(shapes.filter((shape) => shape !== null));
}

export function destinationOf(raw: string, dialled: Shape, around: Surroundings): Destination {
  const text = withGlobals(raw, around.globals);
  const slash = text.indexOf('/');
  const technology = text.slice(0, Math.max(0, slash)).toLowerCase();
  const rest = text.slice(slash + 1);
  if (slash < 1 || technology.includes('$')) return { kind: 'unknown', text: raw };
  if (technology === 'local') return localOf(rest, dialled);
  if (INSIDE.has(technology)) return { kind: 'phone' };
  if (technology !== 'pjsip' && technology !== 'sip' && technology !== 'iax2') {
    return { kind: 'trunk', name: text.split(/[@?]/, 1).join('') };
  }
  return endpointOf(rest, raw, dialled, around);
}

/** `<number>@<endpoint>`, `<endpoint>/<number or URI>`, `<endpoint>`. */
function endpointOf(rest: string, raw: string, dialled: Shape, around: Surroundings): Destination {
  const at = rest.lastIndexOf('@');
  const named = rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : at >= 0 ? rest.slice(at + 1) : rest;
  const shape = shapeIn(named, dialled);
  if (shape === null) return { kind: 'unknown', text: raw };
  if (!shape.open && shape.places.every((place) => place?.length === 1)) {
    const name = shape.places.join('');
    return around.isTrunk(name) ? { kind: 'trunk', name } : { kind: 'phone' };
  }
  if (around.endpoints === null) return { kind: 'unknown', text: raw };
  const trunk = around.endpoints.find((name) => around.isTrunk(name) && canMeet(shape, shapeOf(name)));
  return trunk === undefined ? { kind: 'phone' } : { kind: 'trunk', name: trunk };
}

function localOf(rest: string, dialled: Shape): Destination {
  const [place = ''] = rest.split('/');
  const at = place.lastIndexOf('@');
  const [extension, context] = at < 0 ? [place, 'default'] : [place.slice(0, at), place.slice(at + 1)];
  if (context.includes('$')) return { kind: 'unknown', text: `Local/${rest}` };
  return {
    kind: 'local',
    extension: shapeIn(extension, dialled) ?? ANYTHING,
    context,
    judged: extension.includes(JUDGED),
  };
}
