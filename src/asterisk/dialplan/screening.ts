// The screening routine as dialplan text: the half of the contract that holds when the daemon does not. What a pass means,
// and for how long, is in judged-once.ts.
import type { AskOptions } from './ask.ts';
import { againContext, PASSED, wasJudged } from './judged-once.ts';
import { NONCE, question } from './question.ts';

/** `deadlineMs`: how long a caller waits for a verdict before the static rules decide. */
export interface ScreeningOptions extends AskOptions {
  /** Where the door `agi` asks: `127.0.0.1:4574`. */
  readonly agiAddress: string;
  /** Every emergency number as it may be dialled, with and without outside prefix; digits only. */
  readonly emergencyNumbers: readonly string[];
  /** Asterisk patterns (no leading `_`) of what is certainly internal, or national without extra cost. */
  readonly internalPatterns: readonly string[];
  readonly nationalPatterns: readonly string[];
  /** Sound names: for a number that cannot be read, and for a call without verdict. */
  readonly unreadableAnnouncement: string;
  readonly unavailableAnnouncement: string;
}

/** The extension of `callwarden-screen` whose only line names the file's fingerprint. */
export const FINGERPRINT_EXTENSION = 'fingerprint';

/** Longest dialled string that is looked at; Asterisk itself cuts extensions at 79 (include/asterisk/channel.h). */
export const DIALLED_LENGTH_MAX = 32;

/** An extension longer than that would be cut, and would name another verdict (AST_MAX_EXTENSION, channel.h). */
export const EXTENSION_LENGTH_MAX = 79;

/** Ringing comes on top of a call's duration limit, in the timeout that ends it where Dial was not given the limit. */
const RINGING_SECONDS = 180;
/** Up to here the warning tone comes in the last third of a limited call, beyond it a minute before the end. */
const SHORT_LIMIT_MS = 180_000;

/** Q.850 causes of the refusals that the dialplan gives by itself: 28 -> SIP 484, 42 -> SIP 503 (chan_pjsip.c). */
export const DIALPLAN_CAUSES = { unreadable: 28, unavailable: 42, gate: 21 } as const;

/**
 * The contexts `callwarden-screen`, `-number`, `-again`, `-static` and `-gate`. Asterisk publishes a snapshot of the channel
 * for every step of the dialplan, so few steps are what makes it quick.
 * Source of the behaviour relied on: app_stack.c (Gosub, Return), func_timeout.c, pbx.c (`T` inside a Gosub, MSet).
 */
export function screeningSection(options: ScreeningOptions, fingerprint: string): string {
  return [
    routine(options, fingerprint),
    question(options, fingerprint),
    againContext(),
    staticContext(options),
    gate(),
  ].join('\n');
}

function routine(options: ScreeningOptions, fingerprint: string): string {
  const { unreadable, unavailable } = DIALPLAN_CAUSES;
  const number = '${FILTER(0-9*#+,${CALLWARDEN_DIALLED})}';
  const separated = '${FILTER(0-9*#+\\x20\\x28\\x29\\x2d\\x2e,${CALLWARDEN_DIALLED})}';
  const short = `\${LEN(\${CALLWARDEN_DIALLED})} <= ${DIALLED_LENGTH_MAX}`;
  const place = (digits: string) =>
    `\${IF(${wasJudged(digits)}?callwarden-again:callwarden-number)},${digits},1`;
  const only = (filtered: string) => `$[\${LEN(${filtered})} = \${LEN(\${CALLWARDEN_DIALLED})} & ${short}]`;
  return `; ---------------------------------------------------------------------------------------------------------
; callwarden-screen: may this call go out?
;   Set(CALLWARDEN_DIALLED=\${EXTEN})
;   Gosub(callwarden-screen,s,1)
; comes back only when it may, with the number to dial in CALLWARDEN_NUMBER. Otherwise the caller hears why, as
; early media, and the call ends with a deliberate cause. The number is handed over by variable, because a Gosub
; argument would be split at commas.
; ---------------------------------------------------------------------------------------------------------
[callwarden-screen]
; 1. Keep out what is no number. Only lengths enter the expression, and only the filtered digits the place to go on at, so
;    nothing that was dialled can change either. Visual separators (space - . and round brackets) are taken out; one other
;    foreign character refuses the call. A number that was judged for this very call is not asked about again.
exten => s,1,GotoIf(${only(number)}?${place(number)}:separated,1)
exten => separated,1,GotoIf(${only(separated)}?${place(number)}:unreadable,1)

exten => allowed,1,MSet(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT},${PASSED})
 same => n,Return()

; The daemon has said for how long: a tone before the end, and the end, by Dial with \${CALLWARDEN_DIAL_OPTIONS} among its
; options; a timeout ends the call where Dial does not get them. Only digits of the daemon are in either.
exten => limited,1,GotoIf($[\${LEN(\${CALLWARDEN_LIMIT_MS})} = 0]?no-verdict,1)
 same => n,MSet(${limits()})
 same => n,Return()

exten => denied,1,Set(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT})
 same => n,Progress()
 same => n,Playback(\${CALLWARDEN_ANNOUNCEMENT},noanswer)
 same => n,Hangup(\${CALLWARDEN_CAUSE})

exten => unreadable,1,Progress()
 same => n,Playback(${options.unreadableAnnouncement},noanswer)
 same => n,Hangup(${unreadable})

; No verdict: the daemon is away, or the deadline passed with the caller still there. The static rules decide. Before they
; are asked, the nonce becomes one that nobody was told, so a verdict that comes late opens nothing. They are for those who
; are known: an outside caller whom nobody has admitted gets nothing from them.
exten => no-verdict,1,MSet(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT},CALLWARDEN_NONCE=${NONCE},CALLWARDEN_LIMIT_MS=)
 same => n,GotoIf($[\${LEN(\${CALLWARDEN_OUTSIDE})} > 0]?unavailable,1)
 same => n,Gosub(callwarden-static,\${CALLWARDEN_NUMBER},1)
 same => n,GotoIf($[\${LEN(\${GOSUB_RETVAL})} > 0]?allowed,1:unavailable,1)

exten => unavailable,1,Progress()
 same => n,Playback(${options.unavailableAnnouncement},noanswer)
 same => n,Hangup(${unavailable})

; Which file this is, for \`callwarden status\` and \`callwarden doctor\`.
exten => ${FINGERPRINT_EXTENSION},1,NoOp(${fingerprint})

exten => h,1,NoOp()
`;
}

/** The variables of a limited call. `L` of Dial reads `LIMIT_*` (main/features.c, ast_bridge_timelimit). */
function limits(): string {
  const seconds = `\${CALLWARDEN_LIMIT_MS} / 1000 + ${RINGING_SECONDS}`;
  const sooner = `\${CALLWARDEN_TIMEOUT} > 0 & \${CALLWARDEN_TIMEOUT} < ${seconds}`;
  const warning = `\${IF($[\${CALLWARDEN_LIMIT_MS} > ${SHORT_LIMIT_MS}]?60000:$[FLOOR(\${CALLWARDEN_LIMIT_MS} / 3)])}`;
  return [
    `TIMEOUT(absolute)=\${IF($[${sooner}]?\${CALLWARDEN_TIMEOUT}:$[FLOOR(${seconds})])}`,
    'LIMIT_WARNING_FILE=beep',
    'LIMIT_PLAYAUDIO_CALLER=yes',
    `CALLWARDEN_DIAL_OPTIONS=L(\${CALLWARDEN_LIMIT_MS}:${warning})`,
    `_CALLWARDEN_LEG_SECONDS=$[FLOOR(${seconds})]`,
    PASSED,
  ].join(',');
}

function staticContext(options: ScreeningOptions): string {
  const pass = (pattern: string) => `exten => ${asExtension(pattern)},1,Return(pass)`;
  return `; What goes out when there is no verdict: certainly internal, or certainly national without extra cost. An
; international, premium or unreadable number is not among them, and must never be.
[callwarden-static]
; internal
${options.internalPatterns.map(pass).join('\n')}
; national
${options.nationalPatterns.map(pass).join('\n')}
exten => _[0-9*#+]!,1,Return()
`;
}

/** Plain digits stand as they are, a pattern gets the underscore that makes Asterisk read it as one. */
function asExtension(pattern: string): string {
  return /^[0-9*#+]+$/.test(pattern) ? pattern : `_${pattern}`;
}

function gate(): string {
  return `; The second lock, on the leg to the trunk: Dial(PJSIP/\${CALLWARDEN_NUMBER}@trunk,60,b(callwarden-gate^s^1(\${CALLWARDEN_NUMBER})))
; The leg is ended before it is dialled unless this very number has passed the routine on the calling channel, so a
; redirect or a transfer into the dialling line opens nothing. The leg of a limited call has an end of its own, which holds also
; when whoever placed the call has transferred it and is gone.
[callwarden-gate]
exten => s,1,GotoIf($[\${LEN(\${FILTER(0-9*#+,\${ARG1})})} != \${LEN(\${ARG1})} | \${LEN(\${ARG1})} = 0]?closed)
 same => n,GotoIf($["\${CALLWARDEN_PASS}" = "\${ARG1}"]?\${IF($[0\${CALLWARDEN_LEG_SECONDS} > 0]?limited:open)})
 same => n(closed),Hangup(${DIALPLAN_CAUSES.gate})
 same => n(limited),Set(TIMEOUT(absolute)=\${CALLWARDEN_LEG_SECONDS})
 same => n(open),Return()
exten => h,1,NoOp()
`;
}
