// One pickup at a time per call: who has asked for it first holds it while Asterisk tries.

/** A picker's hold on one call, from the choice until its outcome is known. */
export interface Claim {
  readonly callId: string;
  readonly picker: string;
  readonly pickerChannelId: string;
  readonly sinceMs: number;
}

/**
 * How long a claim stands if its outcome is never heard. Longer than Asterisk needs to answer the picker
 * (up to 500 ms for the first media packet, main/channel.c) and to try every leg; short, because a lost claim
 * keeps others from a call that rings.
 */
export const CLAIM_MS = 3_000;

/**
 * How long a call stays held once somebody has it. A leg that is taken is told of before the answer of its caller, and until
 * that is heard the other phones of the call still seem to ring.
 */
const TAKEN_MS = 1_000;

const CLAIMS_MAX = 1_000;

/** The claim on a call that still stands at `nowMs`; null when it is free. */
export function claimOn(claims: readonly Claim[], callId: string, nowMs: number): Claim | null {
  return claims.find((claim) => claim.callId === callId && stands(claim, nowMs)) ?? null;
}

/** The claims that stand, with this one put in the place of any other on the same call. */
export function withClaim(claims: readonly Claim[], claim: Claim): readonly Claim[] {
  const others = claims.filter((other) => other.callId !== claim.callId && stands(other, claim.sinceMs));
  return [...others.slice(-CLAIMS_MAX + 1), claim];
}

/** The claims with that of one picker's channel ending soon: he has the call. */
export function withTaken(
  claims: readonly Claim[],
  pickerChannelId: string,
  nowMs: number,
): readonly Claim[] {
  return claims.map((claim) =>
    claim.pickerChannelId === pickerChannelId ? { ...claim, sinceMs: nowMs - CLAIM_MS + TAKEN_MS } : claim,
  );
}

/** The claims without that of one picker's channel. */
export function withoutClaim(claims: readonly Claim[], pickerChannelId: string): readonly Claim[] {
  return claims.filter((claim) => claim.pickerChannelId !== pickerChannelId);
}

function stands(claim: Claim, nowMs: number): boolean {
  // A clock that was set back must not make a claim stand for hours; nor may one that is put right by a moment end it.
  return Math.abs(nowMs - claim.sinceMs) <= CLAIM_MS;
}
