// A policy file against the database: what it would change, and making it so in one transaction.
import { AppError } from '../../errors.ts';
import type { Store } from '../../store/open.ts';
import { policyVersion, verifyPolicy } from '../../store/policy.ts';
import { readHistory, readRemembered } from '../../store/policy-history.ts';
import { inReadTransaction } from '../../store/transaction.ts';
import { changePolicy, type AdminContext, type Changed, type ChangeOutcome } from '../change.ts';
import { refuseUnsound } from './check-rows.ts';
import { pinLosses } from '../pin-losses.ts';
import { changeOf, goneBy, planSteps } from './plan.ts';
import { readPolicyFile } from './read-file.ts';
import { rememberAlways } from './remember.ts';
import { readPolicyRows, type PolicyRows } from './rows.ts';
import { rowsOfFile } from './rows-of-file.ts';
import { documentText, policyFileText, type Plain } from './write-file.ts';
import { writeSteps } from './write-rows.ts';

/** The policy in force as a file, or, with a version, as it was then. Throws `AppError('not-found')`. */
export function policyText(store: Store, version: number | null): string {
  return inReadTransaction(store, () => {
    if (version !== null && version !== policyVersion(store)) return remembered(store, version);
    verifyPolicy(store);
    return policyFileText(readPolicyRows(store));
  });
}

/** Of the policy in force. */
export const shownVersion = (store: Store): { readonly version: number } => ({
  version: policyVersion(store),
});

/** The versions that one can go back to, newest first. */
export const shownHistory = (store: Store) => readHistory(store);

/** What applying the text would change. Throws `AppError('invalid')` for a policy that cannot be. */
export function planPolicy(store: Store, text: string, file: string): ChangeOutcome {
  const wanted = readWanted(text, file);
  return inReadTransaction(store, () => {
    verifyPolicy(store);
    const steps = planSteps(readPolicyRows(store), wanted);
    const pins = pinLosses(store, goneBy(steps));
    return {
      changes: [...steps.map(changeOf), ...pins.changes],
      policyVersion: policyVersion(store),
      notices: [...pins.notices, ...noticesOf(wanted)],
    };
  });
}

/**
 * Makes the policy what the text says, or changes nothing. `ifVersion` is the version that whoever wrote the text has
 * seen: with another one in force it is a `conflict`. PINs stay as they are, but for those whose owners go.
 */
export function applyPolicy(
  context: AdminContext,
  text: string,
  file: string,
  ifVersion: number | null = null,
): ChangeOutcome {
  const wanted = readWanted(text, file);
  return changePolicy(context, () => {
    const inForce = policyVersion(context.store);
    if (ifVersion !== null && ifVersion !== inForce) {
      throw new AppError(
        'conflict',
        `The policy is of version ${inForce} by now, not ${ifVersion}. Look at \`callwarden policy plan\` again.`,
      );
    }
    return become(context, wanted);
  });
}

/** Makes the policy what it was at that version; with null, what it was before its last change. */
export function rollBack(context: AdminContext, version: number | null): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const inForce = policyVersion(store);
    const wanted = version ?? readHistory(store).find((row) => row.version < inForce)?.version;
    if (wanted === undefined) {
      throw new AppError('not-found', 'No earlier policy is remembered, so there is none to go back to.');
    }
    const rows = readWanted(remembered(store, wanted), `version ${wanted}`);
    const changed = become(context, rows);
    return {
      ...changed,
      notices: [`The policy is again what it was at version ${wanted}.`, ...(changed.notices ?? [])],
    };
  });
}

function become({ store, actor, nowMs }: AdminContext, wanted: PolicyRows): Changed {
  const steps = planSteps(readPolicyRows(store), wanted);
  const version = policyVersion(store);
  // What a whole file replaces can be gone back to, however large it is.
  const isKept = readHistory(store).some((row) => row.version === version);
  if (steps.length > 0 && version > 0 && !isKept) rememberAlways(store, version, actor, nowMs);
  const pins = pinLosses(store, goneBy(steps));
  writeSteps(store, steps, nowMs);
  return {
    changes: [...steps.map(changeOf), ...pins.changes],
    notices: steps.length === 0 ? [] : [...pins.notices, ...noticesOf(wanted)],
  };
}

/** A policy that could be in force. Throws `AppError('invalid')`. */
export function readWanted(text: string, file: string): PolicyRows {
  const rows = rowsOfFile(readPolicyFile(text, file));
  refuseUnsound(rows, file);
  return rows;
}

function remembered(store: Store, version: number): string {
  const document = readRemembered(store, version);
  // Versions of earlier programs were kept as text.
  if (typeof document === 'string') return document;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as `remember` has written it
  if (document !== null) return documentText(document as Plain);
  throw new AppError(
    'not-found',
    `No policy of version ${version} is remembered. \`callwarden policy history\` shows those that are.`,
  );
}

function noticesOf({ settings }: PolicyRows): readonly string[] {
  return settings.protection ? [] : ['Protection is off in this policy: everything readable goes out.'];
}
