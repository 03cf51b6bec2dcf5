// The rows of a policy file as the decision reads them: a policy can be tried without any database.
import type { PolicyData } from '../../barring/policy.ts';
import { barringSettingsOf } from '../../store/barring-settings.ts';
import { planOf } from '../../store/policy.ts';
import type { PolicyRows } from './rows.ts';

/** Throws `AppError('not-found')` where the file names no home region. PINs are not part of it: no challenge is answered. */
export function policyDataOf(rows: PolicyRows): PolicyData {
  const {
    settings,
    pickupGroups: _pickupGroups,
    pickupRights: _pickupRights,
    pickupProtections: _pickupProtections,
    neighbours,
    ...others
  } = rows;
  return {
    ...others,
    version: 0,
    plan: planOf(settings),
    settings: barringSettingsOf(settings),
    neighbours: neighbours.filter(({ home }) => home === settings['home-region']),
    pins: [],
  };
}
