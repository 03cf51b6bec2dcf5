// Alerts of the running daemon: those who may take a call that rings for too long are told, at the moment it is due.
import { escapeUnprintable } from '../config/log-line.ts';
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import type { LiveAlert } from '../http/live-ports.ts';
import { alertsDue, createAlertMemory, hasAlerts, type Alert } from '../pickup/alerts.ts';
import type { RingingCall } from '../pickup/call.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { LiveHub } from './live-hub.ts';
import type { Telling } from './telling.ts';

/** The clock may be set meanwhile, so a timer is never set for longer. */
const WAIT_MAX_MS = 60_000;
/** Between two looks the calls of the PBX are served. */
const WAIT_MIN_MS = 20;
/** What is shown of a caller's number. */
const CALLER_LENGTH_MAX = 40;

export interface AlertPorts {
  readonly logger: Logger;
  readonly rights: () => PickupRights | null;
  readonly ringing: () => readonly RingingCall[];
  /** False while Asterisk is not connected: whether a call still rings is not known. A change of the board follows. */
  readonly isUp: () => boolean;
  /** False where another daemon on the same Asterisk tells. */
  readonly leads: () => boolean;
  readonly hub: Pick<LiveHub, 'emit'>;
  /** Null where nobody can be told beside the event stream. */
  readonly telling: () => Pick<Telling, 'toExtension' | 'event'> | null;
  readonly nowMs: () => number;
}

export interface Alerts extends Disposable {
  /** Whether what rings has to be looked at for alerts. */
  isWanted(): boolean;
  /** Never throws. */
  onRinging(ringing: readonly RingingCall[]): void;
  /** The call is over: its id will not come again. */
  forget(callId: string): void;
}

export function createAlerts(ports: AlertPorts): Alerts {
  const memory = createAlertMemory();
  let timer: NodeJS.Timeout | undefined;
  let asked: PickupRights | null = null;
  let isKnown = false;

  const look = (ringing: readonly RingingCall[]) => {
    clearTimeout(timer);
    const rights = ports.rights();
    if (rights === null || !alerts.isWanted() || !ports.isUp()) return;
    const nowMs = ports.nowMs();
    try {
      const { alerts: due, nextDueMs } = alertsDue(memory, rights, ringing, nowMs);
      for (const alert of due) if (ports.leads()) give(ports, rights, alert, nowMs);
      if (nextDueMs === null) return;
      const waitMs = Math.min(Math.max(WAIT_MIN_MS, nextDueMs - nowMs), WAIT_MAX_MS);
      timer = setTimeout(() => look(ports.ringing()), waitMs).unref();
    } catch (error) {
      ports.logger.error('alerts', { problem: messageOf(error) });
    }
  };
  const alerts: Alerts = {
    isWanted() {
      const rights = ports.rights();
      if (rights !== asked) {
        asked = rights;
        isKnown = rights !== null && hasAlerts(rights);
      }
      return isKnown;
    },
    onRinging: look,
    forget: (callId) => void memory.calls.delete(callId),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
  return alerts;
}

function give(ports: AlertPorts, rights: PickupRights, alert: Alert, atMs: number): void {
  const { call, rangMs, afterS, told } = alert;
  const extensions = [...new Set(call.legs.map(({ extension }) => extension))];
  const takers = told.map(({ extension }) => extension);
  const { callId, callerNumber, callerName } = call;
  const data: LiveAlert = { callId, callerNumber, callerName, extensions, rangMs, afterS, told: takers };
  ports.hub.emit({ type: 'alert', data }, { callId, extensions, takers });
  const caller = callerOf(call);
  const phones = extensions.join(' ');
  ports.logger.info('alert', { caller, phones, rangMs, afterS, told: takers.join(' '), call: callId });
  const telling = ports.telling();
  if (!telling) return;
  telling.event({ id: `alert:${callId}:${afterS}`, kind: 'alert', atMs, data });
  // Messages wait their turn, and mail is tried again: nobody is sent to a call that somebody has taken.
  const isStillTrue = () => ports.ringing().some((one) => one.callId === callId);
  const subject = `Call for ${extensions.join(', ')} is ringing`;
  for (const { extension, from } of told) {
    const seconds = Math.round(rangMs / 1000);
    const text =
      `Call from ${caller} for ${from} has been ringing for ${seconds} s. ` +
      `Dial ${rights.settings.directedCode}${from} to take it.`;
    telling.toExtension(extension, rights.settings.alertBy, { subject, text, isStillTrue });
  }
}

/** Whatever the caller calls himself, in one printable line. */
function callerOf({ callerExtension, callerNumber }: RingingCall): string {
  const caller = escapeUnprintable(callerExtension ?? callerNumber).slice(0, CALLER_LENGTH_MAX);
  return caller === '' ? 'a withheld number' : caller;
}
