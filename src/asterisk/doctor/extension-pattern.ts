// Asterisk's extension patterns as far as the question goes whether one call can match two of them (main/pbx.c).

/** Places of one character each, `null` for any; `open` for whatever may follow them. */
export interface Shape {
  readonly places: readonly (string | null)[];
  readonly open: boolean;
}

const letters: Readonly<Record<string, string>> = {
  X: '0123456789',
  Z: '123456789',
  N: '23456789',
};
/** Ends a class in brackets before it would run to the end of a broken pattern. */
const CLASS_LENGTH_MAX = 128;

/** Whatever there is. */
export const ANYTHING: Shape = { places: [], open: true };

/** `_9X.` and plain `911`; a hyphen in a pattern stands for nothing. */
export function shapeOf(extension: string): Shape {
  if (!extension.startsWith('_')) return { places: extension.split(''), open: false };
  const places: (string | null)[] = [];
  for (let at = 1; at < extension.length; at += 1) {
    const char = extension.charAt(at);
    if (char === '.') return { places: [...places, null], open: true };
    if (char === '!') return { places, open: true };
    if (char === '-') continue;
    const end = char === '[' ? extension.indexOf(']', at) : -1;
    if (end > at) {
      places.push(classOf(extension.slice(at + 1, end)));
      at = end;
    } else {
      places.push(letters[char.toUpperCase()] ?? char);
    }
  }
  return { places, open: false };
}

function classOf(text: string): string {
  return text
    .slice(0, CLASS_LENGTH_MAX)
    .replaceAll(/(.)-(.)/g, (_, low: string, high: string) =>
      Array.from(
        { length: Math.max(0, (high.codePointAt(0) ?? 0) - (low.codePointAt(0) ?? 0) + 1) },
        (_each, step) => String.fromCodePoint((low.codePointAt(0) ?? 0) + step),
      ).join(''),
    );
}

/** True where one string can match both. */
export function canMeet(one: Shape, other: Shape): boolean {
  const common = Math.min(one.places.length, other.places.length);
  for (let at = 0; at < common; at += 1) {
    if (!share(one.places[at] ?? null, other.places[at] ?? null)) return false;
  }
  if (one.places.length > common) return other.open;
  return other.places.length > common ? one.open : true;
}

function share(one: string | null, other: string | null): boolean {
  return one === null || other === null || one.split('').some((char) => other.includes(char));
}

/** What is left behind the first characters, as `${EXTEN:1}` is. */
export function without(shape: Shape, count: number): Shape {
  return { places: shape.places.slice(count), open: shape.open };
}

export function joined(shapes: readonly Shape[]): Shape {
  const open = shapes.findIndex((shape) => shape.open);
  const kept = open < 0 ? shapes : shapes.slice(0, open + 1);
  return { places: kept.flatMap(({ places }) => places), open: open >= 0 };
}
