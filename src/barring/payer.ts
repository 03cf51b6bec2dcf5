// Who answers for a call (I6).
import type { OutboundCall } from './verdict.ts';

/** The extension that is charged, or null where nobody can be named: such a call has no rights. */
export function namedPayer(call: OutboundCall): string | null {
  return call.payer === null || call.payer === '' ? null : call.payer;
}
