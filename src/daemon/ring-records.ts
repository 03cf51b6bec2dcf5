// What the running daemon keeps of pickup for the figures: a row for each call that rang, and the groups that an attempt
// was about.
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import { groupsOfTarget } from '../pickup/access.ts';
import { groupsInRole } from '../pickup/groups.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { CallRecorder } from '../store/recorder.ts';
import { toRingingRow } from '../store/ringing-calls.ts';

export interface RingRecordPorts {
  readonly pbx: string;
  readonly logger: Pick<Logger, 'error'>;
  readonly rights: () => PickupRights | null;
  readonly recorder: Pick<CallRecorder, 'rang'>;
}

/** Keeps the record of a call that rang, with the groups that it concerned. Never throws: no pickup depends on it. */
export function keepRingRecord(ports: RingRecordPorts, record: RingRecord): void {
  try {
    const rights = ports.rights();
    const rung = record.extensions.map(({ extension }) => extension);
    ports.recorder.rang(toRingingRow(ports.pbx, record, rights ? groupsOfTarget(rights, rung) : []));
  } catch (error) {
    ports.logger.error('records', { problem: `a ringing call is not recorded: ${messageOf(error)}` });
  }
}

/**
 * The pickup groups that an attempt was about: those of the phone that it named or found ringing, the one whose number was
 * dialled, or the picker's own behind the code for them. None for the code for any call that found nothing.
 */
export function groupsOfAttempt(rights: PickupRights, record: PickupRecord): readonly string[] {
  const { call, kind, picker, target } = record;
  if (call) return groupsOfTarget(rights, [call.from]);
  if (kind === 'directed') return groupsOfTarget(rights, target === null ? [] : [target]);
  if (kind === 'group' && picker !== null) {
    return [...groupsInRole(rights.groups, 'interceptor', picker)].map(({ name }) => name).toSorted();
  }
  const named = kind === 'other-group' && target !== null ? rights.groups.byNumber.get(target) : undefined;
  return named ? [named.name] : [];
}
