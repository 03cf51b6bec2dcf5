// Every version of the policy is kept as a file for a while, so that one can go back to it.
import type { Store } from '../../store/open.ts';
import { policyVersion } from '../../store/policy.ts';
import { readHistory, rememberPolicy } from '../../store/policy-history.ts';
import { countRules } from '../../store/rules.ts';
import { readPolicyRows } from './rows.ts';
import { policyDocument } from './write-file.ts';

/** Above that a change would take seconds longer: such a policy is kept when a file or a rollback replaces it. */
const RULES_MAX = 20_000;

/** The actor of a version that was there before versions were kept. */
const UNKNOWN_ACTOR = 'unknown';

/** Keeps the policy as it is now. To be called in the transaction of its change. */
export function remember(store: Store, version: number, actor: string, nowMs: number): void {
  if (countRules(store) <= RULES_MAX) rememberAlways(store, version, actor, nowMs);
}

/** The same however large it is. */
export function rememberAlways(store: Store, version: number, actor: string, nowMs: number): void {
  rememberPolicy(store, version, actor, nowMs, policyDocument(readPolicyRows(store)));
}

/** Before a change: keeps what it changes, where no version was ever kept. */
export function rememberFirst(store: Store, nowMs: number): void {
  const version = policyVersion(store);
  if (version > 0 && readHistory(store).length === 0) remember(store, version, UNKNOWN_ACTOR, nowMs);
}
