// docs/reasons.md, from the table of the reasons.
import {
  continueReasons,
  denyReasons,
  pinAnnouncements,
  sentenceOf,
  sipAnswerOf,
} from '../../src/barring/reasons.ts';
import { table } from './markdown.ts';

export function reasonsDocument(): string {
  return `# Reasons

Made from the code by \`node scripts/generate.ts\`. Every verdict has one reason: \`callwarden check\`, \`callwarden calls\`, the
log and the records all use these words. The rule beside it names what decided: \`country:AR\`, \`rule:12\`, \`exception:3\`.

## Refused

The caller hears the announcement before the call is answered, then the phone gets the SIP code. Each announcement can be
replaced, for all callers or for one language: \`callwarden announcement set <reason> <sound>\`.

${table(
  ['reason', 'what it means', 'setting', 'stock sound', 'SIP code', 'cause'],
  Object.entries(denyReasons).map(([reason, { sentence, announcement, cause }]) => [
    code(reason),
    sentence,
    code(`announcement-${reason}`),
    code(announcement),
    sipAnswerOf(cause),
    String(cause),
  ]),
)}

Where the daemon gives no verdict at all, the dialplan refuses international and premium calls by itself: cause 42, SIP code
${sipAnswerOf(42)}; strings that are no number get cause 28, and what comes to a trunk unscreened gets cause 21.

## Asked for a PIN

\`pin-required\`: ${sentenceOf('pin-required')} With a right one the call is judged again and goes on as \`pin-accepted\`.

${table(
  ['said', 'setting', 'stock sound'],
  Object.entries(pinAnnouncements).map(([name, sound]) => [
    name === 'pin-prompt' ? 'the question' : 'after a wrong PIN',
    code(`announcement-${name}`),
    code(sound),
  ]),
)}

## Let out

${table(
  ['reason', 'what it means'],
  Object.entries(continueReasons).map(([reason, sentence]) => [code(reason), sentence]),
)}

## Noticed

\`unscreened-call\`: a trunk was dialled for a chargeable or unreadable number that nobody let out. The record of the guard
has the verdict \`unscreened\`; [policy.md](policy.md#the-guard-what-reaches-a-trunk-without-a-verdict) says what to do.
`;
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}
