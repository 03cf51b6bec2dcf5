// A call's messages as lines for a person: what a failing test shows.
import { headerText, type SipMessage } from './message.ts';
import { formatReason, reasonsOf } from './reason.ts';
import type { RecordedMessage } from './socket.ts';

/** One line a message: milliseconds since the first, direction, what it was. */
export function tellStory(messages: readonly RecordedMessage[]): string {
  const startMs = messages[0]?.atMs ?? 0;
  return messages
    .map(({ atMs, direction, message }) => {
      const time = (atMs - startMs).toFixed(1).padStart(8);
      return `${time} ms ${direction === 'sent' ? '→' : '←'} ${describe(message)}`;
    })
    .join('\n');
}

function describe(message: SipMessage): string {
  const reasons = reasonsOf(message).map(formatReason);
  const media = message.body.includes('m=audio') ? ['(with audio)'] : [];
  const what =
    message.kind === 'request'
      ? `${message.method} ${message.uri}`
      : `${message.status} ${message.phrase} to ${headerText(message, 'CSeq')}`;
  // The body of NOTIFY after a REFER is a status line (message/sipfrag, RFC 3420).
  const progress = /^SIP\/2\.0 .*/.exec(message.body) ?? [];
  return [what, ...media, ...progress, ...reasons].join(' ');
}
