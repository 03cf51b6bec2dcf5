// The names that administrators give to groups, lists and schedules.
import { AppError } from '../errors.ts';

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39}$/u;

/** The same, or '' for none. */
export const POLICY_NAME_OR_NONE = /^(?:[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39})?$/u;

/** Greek and Cyrillic capitals, each with the Latin one that it looks like. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX'
    .split(' ')
    .map(([other = '', latin = '']) => [other, latin] as const),
);

/** Throws `AppError('invalid')`; `what` is the thing that is named: `a group`. */
export function readPolicyName(given: string, what: string): string {
  // Some keyboards and file systems write é as two characters. What has been a name so far stays the same one, byte by byte.
  const name = NAME.test(given) ? given : given.normalize('NFC');
  if (NAME.test(name)) return name;
  throw new AppError(
    'invalid',
    `${JSON.stringify(given)} is no name for ${what}: use up to 40 letters, digits, "_", "." and "-".`,
  );
}

/**
 * Of the things of one `kind`, such as `group`, those that are made now: throws `AppError('conflict')` where one of all differs
 * from one of `made` only by capitals, or by letters of another script. Two that were there before may stay so.
 */
export function refuseAlike(
  made: readonly string[],
  all: readonly { readonly name: string }[],
  kind: string,
): void {
  if (made.length === 0) return;
  const alike = Map.groupBy(all, ({ name }) => lookOf(name));
  for (const name of made) {
    const twin = alike.get(lookOf(name))?.find((other) => other.name !== name);
    if (twin === undefined) continue;
    throw new AppError(
      'conflict',
      `${name} can be taken for the ${kind} ${twin.name}. Change that one, or choose another name.`,
    );
  }
}

function lookOf(name: string): string {
  const capitals = name.normalize('NFKC').toUpperCase();
  return Array.from(capitals, (letter) => LOOKALIKES.get(letter) ?? letter).join('');
}
