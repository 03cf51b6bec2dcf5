// Notice of calls to emergency numbers: they pass without a question (I1), so they are seen where Asterisk tells of channels.
import type { AriChannel, AriEvent } from '../asterisk/ari/link.ts';
import { numberInDialString } from '../asterisk/guard-number.ts';
import { endpointOf } from '../asterisk/identity.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { Notices } from './notices.ts';
import type { PolicyHolder } from './policy-holder.ts';

/** One call gives one notice, however often it is tried on its way. */
const QUIET_MS = 3_600_000;
/** No emergency number is longer, whatever stands before it. */
const LENGTH_MAX = 40;

export interface EmergenciesPorts {
  readonly pbx: string;
  readonly policy: Pick<PolicyHolder, 'snapshot' | 'isExtension'>;
  readonly notices: Pick<Notices, 'giveOnce'>;
  /** Runs work in a moment, when the call's set-up does not wait for it. */
  readonly later: (work: () => void) => void;
  readonly nowMs: () => number;
}

export interface Emergencies {
  /** Never throws and never waits. */
  onEvent(event: AriEvent): void;
  /** One that was asked about all the same. */
  onDecision(decision: DecisionRecord): void;
}

export function createEmergencies(ports: EmergenciesPorts): Emergencies {
  const { policy, later } = ports;
  /** A phone has dialled it, whatever becomes of the call. */
  const onCreated = (channel: AriChannel) => {
    const caller = endpointOf(channel.name);
    if (caller === null || !policy.isExtension(caller)) return;
    give(ports, channel.id, caller, emergencyIn(ports, channel.dialplan.exten));
  };
  /** A trunk is dialled for one: who was transferred or forwarded there never dialled it himself. */
  const onDial = (caller: AriChannel | null, peer: AriChannel, dialstring: string) => {
    const trunk = endpointOf(peer.name);
    if (trunk === null || policy.isExtension(trunk)) return;
    const number =
      emergencyIn(ports, numberInDialString(dialstring)) ??
      (caller === null ? null : emergencyIn(ports, caller.dialplan.exten));
    const by = caller === null ? null : endpointOf(caller.name);
    give(ports, (caller ?? peer).id, by !== null && policy.isExtension(by) ? by : null, number);
  };
  return {
    onEvent: (event) => {
      if (event.type === 'ChannelCreated' && event.channel.dialplan.exten !== '') {
        later(() => onCreated(event.channel));
      } else if (event.type === 'Dial' && event.dialstatus === '') {
        later(() => onDial(event.caller, event.peer, event.dialstring));
      }
    },
    onDecision: ({ request, verdict, destination }) => {
      if (verdict.reason !== 'emergency' || destination.kind !== 'emergency') return;
      give(ports, request.channelId, request.identity.payer, destination.service);
    },
  };
}

/** Null where it is none. */
function emergencyIn({ policy }: EmergenciesPorts, dialled: string): string | null {
  if (dialled === '' || dialled.length > LENGTH_MAX) return null;
  const destination = policy.snapshot()?.read(dialled);
  return destination?.kind === 'emergency' ? destination.service : null;
}

function give(
  { pbx, notices, nowMs }: EmergenciesPorts,
  channelId: string,
  extension: string | null,
  number: string | null,
): void {
  if (number === null) return;
  const text = `${extension ?? 'Somebody'} has called the emergency number ${number}.`;
  notices.giveOnce(
    { atMs: nowMs(), pbx, kind: 'emergency-call', extension, text, detail: { number, channelId } },
    `emergency:${channelId}`,
    QUIET_MS,
  );
}
