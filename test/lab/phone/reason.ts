// The Reason header: why a call was refused, cancelled or ended (RFC 3326).
import { headerValues, type SipMessage } from './message.ts';

/** Such as `Q.850;cause=21` or `SIP;cause=200;text="Call completed elsewhere"`. */
export interface Reason {
  readonly protocol: string;
  readonly cause: number;
  readonly text: string;
}

/** All reasons that a message gives, in order. */
export function reasonsOf(message: SipMessage): Reason[] {
  return headerValues(message, 'Reason').map((value) => ({
    protocol: value.split(';')[0]?.trim() ?? '',
    cause: Number(/;\s*cause\s*=\s*(\d+)/i.exec(value)?.[1] ?? 0),
    text: /;\s*text\s*=\s*"((?:\\.|[^"\\])*)"/i.exec(value)?.[1] ?? '',
  }));
}

/** The Q.850 cause among the reasons, or null. */
export function q850Cause(reasons: readonly Reason[]): number | null {
  return reasons.find(({ protocol }) => protocol === 'Q.850')?.cause ?? null;
}

export function formatReason({ protocol, cause, text }: Reason): string {
  return `${protocol};cause=${cause}${text === '' ? '' : `;text="${text}"`}`;
}
