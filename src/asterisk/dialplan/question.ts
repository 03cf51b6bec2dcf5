// The part of the screening routine that asks: emergency numbers past it, the question, and what counts as its answer.
import { agiLines } from './ask-by-agi.ts';
import { askLines } from './ask.ts';
import type { ScreeningOptions } from './screening.ts';
import { JOBS } from './variables.ts';

/** RAND has 1.9e9 values here: two of them, joined to the channel's id, name one question for ever. */
const DRAW = '${RAND(100000000,2000000000)}';
export const NONCE = `\${UNIQUEID}.${DRAW}.${DRAW}`;

/**
 * The timeout that the call had before the routine. Where an earlier call of this channel was limited, the running one is
 * that call's, and what stood before is remembered still.
 */
const OWN_TIMEOUT = '${IF($[${LEN(${CALLWARDEN_LIMIT_MS})} > 0]?${CALLWARDEN_TIMEOUT}:${TIMEOUT(absolute)})}';
/** Nothing of an earlier call's limit holds for this one. */
const UNLIMITED = 'CALLWARDEN_LIMIT_MS=,CALLWARDEN_LEG_SECONDS=,CALLWARDEN_DIAL_OPTIONS=';

/** The context `callwarden-number`, which no phone may reach. */
export function question(options: ScreeningOptions, fingerprint: string): string {
  const deadline = (options.deadlineMs / 1000).toFixed(3);
  const named = [
    'nonce=${CALLWARDEN_NONCE}',
    'dialled=${URIENCODE(${CALLWARDEN_DIALLED})}',
    'transferer=${URIENCODE(${BLINDTRANSFER}${ATTENDEDTRANSFER})}',
    'forwarder=${URIENCODE(${FORWARDERNAME})}',
    'payer=${URIENCODE(${CALLWARDEN_PAYER})}',
    'linkedid=${CHANNEL(linkedid)}',
    'language=${URIENCODE(${CHANNEL(language)})}',
    'outside=${URIENCODE(${CALLWARDEN_OUTSIDE})}',
    `version=${fingerprint}`,
  ];
  return `; The number itself, inside the routine (no phone may reach this context).
[callwarden-number]
; Nothing was dialled: no number to go on at.
exten => s,1,Goto(callwarden-screen,unreadable,1)

; 2. Emergency numbers pass here, by exact match (a longer number that begins like one is none), and nobody is asked.
${options.emergencyNumbers.map(emergencyLines).join('\n')}

; 3. Ask. No verdict is never permission: only the answer to this very question, told by its fresh nonce and the number
;    judged, opens the way; an older verdict names another nonce. No status word of Asterisk is ever one.
exten => _[0-9*#+]!,1,MSet(CALLWARDEN_NUMBER=\${EXTEN},CALLWARDEN_NONCE=${NONCE},CALLWARDEN_TIMEOUT=${OWN_TIMEOUT},TIMEOUT(absolute)=${deadline},${UNLIMITED})
${options.door === 'agi' ? agiLines(options.agiAddress, named) : askLines(options, [JOBS.screen, ...named])}
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "allow:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]?callwarden-screen,allowed,1)
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "deny:\${CALLWARDEN_NONCE}"]?callwarden-screen,denied,1)
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "limit:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]?callwarden-screen,limited,1)
 same => n,Goto(callwarden-screen,no-verdict,1)

${options.door === 'agi' ? '' : quicker}; The deadline: a frozen daemon ends here, with the caller still there.
exten => T,1,Goto(callwarden-screen,no-verdict,1)

exten => h,1,NoOp()
`;
}

const quicker = `; The same verdict, said quicker: the daemon lets the channel go on at the verdict itself, one command instead of two.
${saidAsExtension('allow', 'allowed')}
${saidAsExtension('limit', 'limited')}

`;

function saidAsExtension(word: string, place: string): string {
  const right = `$["\${EXTEN}" = "${word}:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]`;
  return `exten => _${word}:.,1,GotoIf(${right}?callwarden-screen,${place},1:callwarden-screen,no-verdict,1)`;
}

/** Bare and with a trailing `#`; what is dialled is the number alone, and of an earlier call no limit and no pass stands. */
function emergencyLines(number: string): string {
  const free = `TIMEOUT(absolute)=${OWN_TIMEOUT},${UNLIMITED}`;
  const pass = `MSet(CALLWARDEN_NUMBER=${number},_CALLWARDEN_PASS=${number},_CALLWARDEN_JUDGED=,${free})`;
  return [number, `${number}#`]
    .flatMap((name) => [`exten => ${name},1,${pass}`, ' same => n,Return()'])
    .join('\n');
}
