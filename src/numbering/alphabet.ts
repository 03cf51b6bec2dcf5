// The characters that a dialled string may have; everything else is refused before it is looked at (I5).

/** Asterisk holds 79 characters of an extension (AST_MAX_EXTENSION is 80): at that length it may be cut. */
const dialledCharactersMax = 78;

/** ASCII digits, `+`, `*`, `#` and the visual separators of RFC 3966; where `*` and `#` may stand comes later. */
const alphabet = /^[0-9+*# ().-]+$/;
const separators = /[ ().-]/g;
const anySeparator = /[ ().-]/;

export type Compact =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly cause: 'empty' | 'overlong' | 'bad-character' };

/** The dialled string without its visual separators, or why it cannot be a number. */
export function readAlphabet(dialled: string): Compact {
  if (dialled.length > dialledCharactersMax) return { ok: false, cause: 'overlong' };
  if (dialled === '') return { ok: false, cause: 'empty' };
  if (!alphabet.test(dialled)) return { ok: false, cause: 'bad-character' };
  const text = anySeparator.test(dialled) ? dialled.replace(separators, '') : dialled;
  return text === '' ? { ok: false, cause: 'empty' } : { ok: true, text };
}
