// The names that administrators give to groups, lists and schedules.
import { AppError } from '../errors.ts';

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39}$/u;

/** The same, or '' for none. */
export const POLICY_NAME_OR_NONE = /^(?:[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39})?$/u;

/** Throws `AppError('invalid')`; `what` is the thing that is named: `a group`. */
export function readPolicyName(name: string, what: string): string {
  if (NAME.test(name)) return name;
  throw new AppError(
    'invalid',
    `${JSON.stringify(name)} is no name for ${what}: use up to 40 letters, digits, "_", "." and "-".`,
  );
}
