// Internal extensions as Asterisk patterns of fixed length (`1XXX`, `[2-4]XX`) or as plain digits.

export interface InternalPattern {
  /** As it stands in the settings, without a leading underscore. */
  readonly source: string;
  readonly pattern: RegExp;
  /** A plain extension, written out: wins over everything but emergency numbers. */
  readonly literal: boolean;
  readonly digits: number;
}

/** Longer internal numbers would look like numbers of the public network. */
const internalDigitsMax = 12;

const atom = /[0-9*#]|[XZN]|\[[0-9-]+\]/gi;
const wellFormed = /^_?(?:[0-9*#]|[XZN]|\[(?:[0-9](?:-[0-9])?)+\])+$/i;

/** The compiled pattern, or null where it is not one: open ends (`.`, `!`) would take numbers of the public network. */
export function compileInternalPattern(text: string): InternalPattern | null {
  if (!wellFormed.test(text)) return null;
  const source = text.startsWith('_') ? text.slice(1) : text;
  const atoms = source.match(atom) ?? [];
  if (atoms.length > internalDigitsMax) return null;
  return {
    source,
    pattern: new RegExp(`^${atoms.map((each) => setOf(each)).join('')}$`),
    literal: /^[0-9*#]+$/.test(source),
    digits: atoms.length,
  };
}

function setOf(each: string): string {
  switch (each.toUpperCase()) {
    case 'X':
      return '[0-9]';
    case 'Z':
      return '[1-9]';
    case 'N':
      return '[2-9]';
    case '*':
      return '\\*';
    default:
      return each;
  }
}
