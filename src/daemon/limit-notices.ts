// What a limit leads to beside its verdict: a notice once in its window, and quarantine where it says so.
import type { LimitRow } from '../barring/policy.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import type { LimitNotice, OutboundCall } from '../barring/verdict.ts';
import type { Config } from '../config/config.ts';
import type { Notices } from './notices.ts';
import type { QuarantineDesk } from './quarantines.ts';

/** For limits that look back over no window. */
const QUIET_MS = 3_600_000;

interface Hands {
  readonly config: Config;
  readonly notices: Notices;
  readonly quarantines: QuarantineDesk;
}

/** Never throws and never waits: the verdict is still to be said. */
export function giveLimitNotices(
  { config, notices, quarantines }: Hands,
  snapshot: PolicySnapshot,
  { payer, atMs }: OutboundCall,
  given: readonly LimitNotice[],
): void {
  for (const { kind, limit, text, quarantineMs } of given) {
    const row = limitsFor(snapshot, payer).find(({ id }) => limit === `limit:${id}`);
    const quietMs = row?.windowMs ?? QUIET_MS;
    const notice = { atMs, pbx: config.pbx.name, kind, extension: payer, text, detail: { limit } };
    notices.giveOnce(notice, `${kind} ${limit} ${payer ?? ''}`, quietMs);
    if (quarantineMs === null || payer === null || snapshot.settings.mode === 'observe') continue;
    const untilMs = atMs + quarantineMs;
    quarantines.impose({ extension: payer, sinceMs: atMs, untilMs, reason: text, by: limit });
  }
}

function limitsFor(snapshot: PolicySnapshot, payer: string | null): readonly LimitRow[] {
  const known = payer === null ? undefined : snapshot.extensions.get(payer);
  return [
    ...snapshot.limits,
    ...(known ? [...known.limits, ...known.groups.flatMap((group) => group.limits)] : []),
  ];
}
