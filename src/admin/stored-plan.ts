// The numbering plan of the stored settings, compiled: how numbers that administrators write are read.
import { compilePlan, type CompiledPlan } from '../numbering/compile-plan.ts';
import type { Store } from '../store/open.ts';
import { planOf } from '../store/policy.ts';
import { readSettings } from '../store/settings.ts';

/** Throws `AppError('not-found')` while no home region is set. */
export function readPlan(store: Store): CompiledPlan {
  return compilePlan(planOf(readSettings(store)));
}
