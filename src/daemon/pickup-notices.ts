// Who is told of a pickup: the owner of the phone from which the call was taken, and the programs that want to know.
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { Telling } from './telling.ts';

export interface PickupNoticesPorts {
  readonly telling: Pick<Telling, 'toExtension' | 'event'>;
  /** Null while no policy is loaded. */
  readonly rights: () => PickupRights | null;
  /** The clock of the house, such as `14:05`. */
  readonly clock: (atMs: number) => string;
}

export interface PickupNotices {
  /** An attempt whose outcome is known; others are passed over. Never throws. */
  onPickup(record: PickupRecord): void;
  /** A call that rings no more. Never throws. */
  onRung(record: RingRecord): void;
}

export function createPickupNotices({ telling, rights, clock }: PickupNoticesPorts): PickupNotices {
  const nameOf = (extension: string | null) =>
    (extension === null ? '' : rights()?.people.get(extension)?.name) ?? '';
  /** `Bob (1003)`, or `1003` where he has no name. */
  const person = (extension: string) => {
    const name = nameOf(extension);
    return name === '' || name === extension ? extension : `${name} (${extension})`;
  };
  return {
    onPickup: (record) => {
      if (record.outcome === null) return;
      telling.event({ id: record.id, kind: 'pickup', atMs: record.atMs, data: pickupData(record, nameOf) });
      const { call, picker } = record;
      if (record.outcome !== 'won' || !call || picker === null || call.from === '' || call.from === picker)
        return;
      const held = rights();
      const ways = held?.people.get(call.from)?.notice ?? held?.settings.notice ?? [];
      const atMs = record.atMs + (record.settledAfterMs ?? 0);
      const text = `${person(picker)} took your call from ${callerOf(call, nameOf)} at ${clock(atMs)}.`;
      telling.toExtension(call.from, ways, { subject: `${person(picker)} took your call`, text });
    },
    onRung: (record) => {
      // Other daemons on the same Asterisk tell it, too.
      const id = `rang:${record.callId}:${record.startedAtMs}`;
      telling.event({ id, kind: 'ringing-ended', atMs: record.endedAtMs, data: record });
    },
  };
}

type Taken = NonNullable<PickupRecord['call']>;

/** `5551234 (Ana)`, and what there is of it. */
function callerOf(
  { callerExtension, callerNumber, callerName }: Taken,
  nameOf: (extension: string | null) => string,
): string {
  const number = callerExtension ?? callerNumber;
  const name = nameOf(callerExtension) || callerName;
  if (number === '') return name === '' ? 'a withheld number' : name;
  return name === '' || name === number ? number : `${number} (${name})`;
}

/** What a webhook is told of an attempt; `refused` says the reason, `lost` what had become of the call. */
function pickupData(record: PickupRecord, nameOf: (extension: string | null) => string): object {
  const { outcome, told, picker, kind, target, rule, takenBy, call } = record;
  return {
    outcome: outcome === 'told' ? 'refused' : outcome,
    reason: told,
    rule,
    code: kind,
    target,
    picker: picker === null ? null : { extension: picker, name: nameOf(picker) },
    takenBy: takenBy === null ? null : { extension: takenBy, name: nameOf(takenBy) },
    call: call && {
      id: call.callId,
      from: { extension: call.from, name: nameOf(call.from) },
      caller: { number: call.callerNumber, name: call.callerName, extension: call.callerExtension },
      rangMs: call.rangMs,
    },
  };
}
