// To take one call for one extension from outside a phone: the request, and what came of it.
import type { Choice } from './call.ts';

export interface TakeRequest {
  /** The id of a ringing call, or an extension on which one rings. */
  readonly target: string;
  /** Whose phone is to have the call; its rights count. */
  readonly picker: string;
  /** Who asked for it, for the record: an account of the console, such as `user:maria`. */
  readonly by?: string;
}

/**
 * `not-answered`: the picker's phone was called, and nobody answered it. `unreachable`: it could not be called. `busy`: a call
 * is being taken for it already, or too many for others.
 */
export type TakeRefusal = Exclude<Choice['kind'], 'take'> | 'not-answered' | 'unreachable' | 'busy';

export type TakeOutcome =
  | {
      readonly outcome: 'taken';
      readonly callId: string;
      /** The extension whose call it was. */
      readonly from: string;
      readonly callerNumber: string;
      readonly callerName: string;
    }
  /** `by`: who has the call, where that is known. `rule`: what refused it, where a rule did. */
  | {
      readonly outcome: 'refused';
      readonly reason: TakeRefusal;
      readonly by: string | null;
      readonly rule: string | null;
    }
  /** The link to Asterisk was lost on the way. */
  | { readonly outcome: 'unknown' };
