// The guard of the running daemon: by which policy it watches, and what an unscreened call leaves behind.
import type { AriEvent, AriLink } from '../asterisk/ari/link.ts';
import { createGuard, type UnscreenedCall } from '../asterisk/guard.ts';
import { endpointOf } from '../asterisk/identity.ts';
import type { Judgement } from '../asterisk/screening-session.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import type { Notices } from './notices.ts';
import type { PolicyHolder } from './policy-holder.ts';
import type { CallRecord } from '../store/calls.ts';
import type { CallRecorder } from '../store/recorder.ts';

/** Notices about one caller on one trunk come no oftener; each call has its record. */
const QUIET_MS = 60_000;
/** So long after the last one `status` stays red. */
const RED_MS = 24 * 3_600_000;

export interface DaemonGuard {
  /** A call was judged. */
  judged(channelId: string, judgement: Judgement): void;
  onEvent(link: AriLink | null, event: AriEvent): void;
  unscreened(): number;
  /** A sentence for `status`; '' where there is nothing to tell. */
  problem(): string;
}

export interface DaemonGuardOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly policy: Pick<PolicyHolder, 'snapshot' | 'isExtension'>;
  readonly recorder: Pick<CallRecorder, 'record'>;
  readonly notices: Pick<Notices, 'giveOnce'>;
  readonly nowMs: () => number;
}

export function createDaemonGuard(options: DaemonGuardOptions): DaemonGuard {
  const { config, logger, policy, recorder, notices, nowMs } = options;
  const guard = createGuard({
    mode: () => policy.snapshot()?.settings.guard ?? 'off',
    isTrunk: (endpoint) => {
      const trunks = policy.snapshot()?.settings.trunks ?? [];
      return trunks.length > 0 ? trunks.includes(endpoint) : !policy.isExtension(endpoint);
    },
    read: (number) => policy.snapshot()?.read(number) ?? null,
    hasPeers: config.ari.peers.length > 0,
    nowMs,
    onUnscreened: (call) => {
      recorder.record(rowOf(config.pbx.name, call));
      logger.error('unscreened-call', fieldsOf(call));
      const extension = extensionOf(call);
      const notice = { atMs: call.atMs, pbx: config.pbx.name, kind: 'unscreened-call' as const };
      notices.giveOnce(
        { ...notice, extension, text: textOf(call), detail: fieldsOf(call) },
        `unscreened:${call.trunk}:${partyOf(call) ?? ''}`,
        QUIET_MS,
      );
    },
    onProblem: (problem) => logger.warn('guard-problem', { problem }),
  });
  return {
    judged(channelId, { destination, verdict }) {
      if (verdict.kind === 'continue') guard.letOut(channelId, destination);
    },
    onEvent: (link, event) => guard.onEvent(link, event),
    unscreened: () => guard.unscreened(),
    problem: () => {
      const lastMs = guard.lastAtMs();
      if (lastMs === null || nowMs() - lastMs > RED_MS) return '';
      const calls = guard.unscreened() === 1 ? '1 call' : `${guard.unscreened()} calls`;
      return (
        `${calls} reached a trunk without a verdict since the start: \`callwarden doctor\` names the ways, ` +
        '`callwarden calls --reason unscreened-call` the calls.'
      );
    },
  };

  function extensionOf(call: UnscreenedCall): string | null {
    const endpoint = partyOf(call);
    return endpoint !== null && policy.isExtension(endpoint) ? endpoint : null;
  }
}

/** Whose doing it is: the phone that sent the call there, else the one that called. */
function partyOf({ redirectedBy, caller }: UnscreenedCall): string | null {
  return redirectedBy ?? (caller === null ? null : endpointOf(caller.name));
}

function textOf({ redirectedBy, trunk, number, destination, ended }: UnscreenedCall): string {
  const what = destination.kind === 'unreadable' ? 'a number that cannot be read' : 'a chargeable number';
  const how = redirectedBy === null ? '' : ` The phone ${redirectedBy} sent the call there by itself (302).`;
  const after = ended ? ' The guard ended it.' : '';
  return `The trunk ${trunk} was dialled for ${number}, ${what}, without a verdict.${how}${after}`;
}

function fieldsOf({ caller, leg, redirectedBy, trunk, number, destination, mode, ended }: UnscreenedCall) {
  return {
    trunk,
    number,
    kind: destination.kind,
    guard: mode,
    ended,
    caller: caller?.name ?? '',
    leg: leg.name,
    ...(redirectedBy === null ? {} : { redirectedBy }),
  };
}

/** A row among the decisions, as nobody has decided: `unscreened` is no verdict of ours. */
function rowOf(pbx: string, call: UnscreenedCall): CallRecord {
  const { atMs, caller, leg, number, destination, mode, ended } = call;
  return {
    id: `unscreened:${leg.id}`,
    atMs,
    pbx,
    kind: 'decision',
    channelId: caller?.id ?? leg.id,
    callId: caller?.id ?? leg.id,
    party: partyOf(call),
    via: call.redirectedBy === null ? null : 'forward',
    dialled: number,
    number: destination.number,
    destinationKind: destination.kind,
    e164: 'e164' in destination ? destination.e164 : null,
    regions: 'regions' in destination ? destination.regions : [],
    classes: [],
    verdict: 'unscreened',
    reason: 'unscreened-call',
    rule: `guard:${mode}`,
    policyVersion: null,
    latencyUs: null,
    outcome: ended ? 'ended' : 'let-be',
    detail: fieldsOf(call),
  };
}
