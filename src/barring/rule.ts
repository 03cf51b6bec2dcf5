// What one step of the decision may say: nothing, "not against it", "yes, if the rest agrees", or the verdict.
import type { Judging } from './judging.ts';
import type { ContinueReason, DenyReason, PinDemand, Rule } from './verdict.ts';

/**
 * How firm a refusal is: `always` stands in every mode (I1-I5 and the block-list), `enforced` counts for nothing while the
 * policy only observes, `unless-pin` may be lifted by a PIN besides.
 */
export type Firmness = 'always' | 'enforced' | 'unless-pin';

export type Opinion =
  /** The verdict; no further step is asked. */
  | { readonly kind: 'continue'; readonly reason: ContinueReason; readonly rule: Rule }
  /** The call may go on unless a later step is against it; `asks`: with a PIN only. */
  | {
      readonly kind: 'permit';
      readonly reason: ContinueReason;
      readonly rule: Rule;
      readonly asks: boolean;
    }
  | {
      readonly kind: 'deny';
      readonly reason: DenyReason;
      readonly rule: Rule;
      readonly firmness: Firmness;
    }
  | { readonly kind: 'challenge'; readonly rule: Rule; readonly demand: PinDemand }
  /** The step looked at the call and has nothing against it; the next one goes on. */
  | { readonly kind: 'pass'; readonly result: string };

/** One step of the decision. `judge` returns null where the call is none of its business. */
export interface Step {
  readonly name: string;
  readonly judge: (judging: Judging) => Opinion | null;
}

export function proceed(reason: ContinueReason, rule: Rule): Opinion {
  return { kind: 'continue', reason, rule };
}

export function permit(reason: ContinueReason, rule: Rule): Opinion {
  return { kind: 'permit', reason, rule, asks: false };
}

export function deny(reason: DenyReason, rule: Rule, firmness: Firmness): Opinion {
  return { kind: 'deny', reason, rule, firmness };
}
