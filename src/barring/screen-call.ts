// The story of one outbound call: what was dialled, and whether it may go out.
import type { Destination } from '../numbering/destination.ts';
import { decide } from './decide.ts';
import type { PolicySnapshot } from './snapshot.ts';
import { noUsage, type Usage } from './usage.ts';
import type { OutboundCall, Verdict } from './verdict.ts';

export interface ScreenedCall {
  readonly destination: Destination;
  readonly verdict: Verdict;
}

/** Reads and judges one call; live calls, `check` and policy tests all come through here, so all tell the truth. */
export function screenCall(
  snapshot: PolicySnapshot,
  call: OutboundCall,
  usage: Usage = noUsage,
): ScreenedCall {
  const destination = snapshot.read(call.dialled);
  const verdict = decide(snapshot, call, destination, usage);
  return { destination, verdict };
}
