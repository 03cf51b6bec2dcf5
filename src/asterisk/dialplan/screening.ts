// The screening routine as dialplan text: the half of the contract that holds when the daemon does not.

export interface ScreeningOptions {
  /** Name of the Stasis application. */
  readonly application: string;
  /** How long a caller waits for a verdict before the static rules decide. */
  readonly deadlineMs: number;
  /** Every emergency number as it may be dialled, with and without outside prefix; digits only. */
  readonly emergencyNumbers: readonly string[];
  /** Asterisk patterns (no leading `_`) of what is certainly internal, or national without extra cost. */
  readonly internalPatterns: readonly string[];
  readonly nationalPatterns: readonly string[];
  /** Sound names: for a number that cannot be read, and for a call without verdict. */
  readonly unreadableAnnouncement: string;
  readonly unavailableAnnouncement: string;
}

/** Longest dialled string that is looked at; Asterisk itself cuts extensions at 79 (include/asterisk/channel.h). */
export const DIALLED_LENGTH_MAX = 32;

/** An extension longer than that would be cut, and would name another verdict (AST_MAX_EXTENSION, channel.h). */
export const EXTENSION_LENGTH_MAX = 79;

/** RAND has 1.9e9 values here: two of them, joined to the channel's id, name one question for ever. */
const DRAW = '${RAND(100000000,2000000000)}';
const NONCE = `\${UNIQUEID}.${DRAW}.${DRAW}`;

/** How a verdict begins that is said as an extension. */
const ALLOW_PREFIX = 'allow:';

/** Q.850 causes of the refusals that the dialplan gives by itself: 28 -> SIP 484, 42 -> SIP 503 (chan_pjsip.c). */
export const DIALPLAN_CAUSES = { unreadable: 28, unavailable: 42, gate: 21 } as const;

/**
 * The contexts `callwarden-screen`, `-number`, `-static` and `-gate`. Asterisk publishes a snapshot of the channel for
 * every step of the dialplan, so few steps are what makes it quick.
 * Source of the behaviour relied on: app_stack.c (Gosub, Return), func_timeout.c, pbx.c (`T` inside a Gosub, MSet).
 */
export function screeningSection(options: ScreeningOptions): string {
  return [routine(options), question(options), staticContext(options), gate()].join('\n');
}

function routine(options: ScreeningOptions): string {
  const { unreadable, unavailable } = DIALPLAN_CAUSES;
  const number = '${FILTER(0-9*#+,${CALLWARDEN_DIALLED})}';
  const separated = '${FILTER(0-9*#+\\x20\\x28\\x29\\x2d\\x2e,${CALLWARDEN_DIALLED})}';
  const short = `\${LEN(\${CALLWARDEN_DIALLED})} <= ${DIALLED_LENGTH_MAX}`;
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
;    foreign character refuses the call.
exten => s,1,GotoIf(${only(number)}?callwarden-number,${number},1:separated,1)
exten => separated,1,GotoIf(${only(separated)}?callwarden-number,${number},1:unreadable,1)

exten => allowed,1,MSet(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT},_CALLWARDEN_PASS=\${CALLWARDEN_NUMBER})
 same => n,Return()

exten => denied,1,Set(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT})
 same => n,Progress()
 same => n,Playback(\${CALLWARDEN_ANNOUNCEMENT},noanswer)
 same => n,Hangup(\${CALLWARDEN_CAUSE})

exten => unreadable,1,Progress()
 same => n,Playback(${options.unreadableAnnouncement},noanswer)
 same => n,Hangup(${unreadable})

; No verdict: the daemon is away, or the deadline passed with the caller still there. The static rules decide. Before they
; are asked, the nonce becomes one that nobody was told, so a verdict that comes late opens nothing.
exten => no-verdict,1,MSet(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT},CALLWARDEN_NONCE=${NONCE})
 same => n,Gosub(callwarden-static,\${CALLWARDEN_NUMBER},1)
 same => n,GotoIf($[\${LEN(\${GOSUB_RETVAL})} > 0]?allowed,1)
 same => n,Progress()
 same => n,Playback(${options.unavailableAnnouncement},noanswer)
 same => n,Hangup(${unavailable})

exten => h,1,NoOp()
`;
}

function question(options: ScreeningOptions): string {
  const deadline = (options.deadlineMs / 1000).toFixed(3);
  const named = [
    'nonce=${CALLWARDEN_NONCE}',
    'dialled=${URIENCODE(${CALLWARDEN_DIALLED})}',
    'transferer=${URIENCODE(${BLINDTRANSFER})}',
    'payer=${URIENCODE(${CALLWARDEN_PAYER})}',
    'linkedid=${CHANNEL(linkedid)}',
  ].join(',');
  return `; The number itself, inside the routine (no phone may reach this context).
[callwarden-number]
; Nothing was dialled: no number to go on at.
exten => s,1,Goto(callwarden-screen,unreadable,1)

; 2. Emergency numbers pass here, by exact match (a longer number that begins like one is none), and nobody is asked.
${options.emergencyNumbers.map(emergencyLines).join('\n')}

; 3. Ask. No verdict is never permission: only the answer to this very question, told by its fresh nonce and the number
;    judged, opens the way; an older verdict names another nonce. No status word of Asterisk is ever looked at.
exten => _[0-9*#+]!,1,MSet(CALLWARDEN_NUMBER=\${EXTEN},CALLWARDEN_NONCE=${NONCE},CALLWARDEN_TIMEOUT=\${TIMEOUT(absolute)},TIMEOUT(absolute)=${deadline})
 same => n,Stasis(${options.application},screen,${named})
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "allow:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]?callwarden-screen,allowed,1)
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "deny:\${CALLWARDEN_NONCE}"]?callwarden-screen,denied,1)
 same => n,Goto(callwarden-screen,no-verdict,1)

; The same verdict, said quicker: the daemon lets the channel go on at the verdict itself, one command instead of two.
exten => _${ALLOW_PREFIX}.,1,GotoIf($["\${EXTEN}" = "allow:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]?callwarden-screen,allowed,1:callwarden-screen,no-verdict,1)

; The deadline: a frozen daemon ends here, with the caller still there.
exten => T,1,Goto(callwarden-screen,no-verdict,1)

exten => h,1,NoOp()
`;
}

/** Bare and with a trailing `#`; what is dialled is the number alone. */
function emergencyLines(number: string): string {
  const pass = `MSet(CALLWARDEN_NUMBER=${number},_CALLWARDEN_PASS=${number})`;
  return [number, `${number}#`]
    .flatMap((name) => [`exten => ${name},1,${pass}`, ' same => n,Return()'])
    .join('\n');
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
; redirect or a transfer into the dialling line opens nothing.
[callwarden-gate]
exten => s,1,GotoIf($[\${LEN(\${FILTER(0-9*#+,\${ARG1})})} != \${LEN(\${ARG1})} | \${LEN(\${ARG1})} = 0]?closed)
 same => n,GotoIf($["\${CALLWARDEN_PASS}" = "\${ARG1}"]?open)
 same => n(closed),Hangup(${DIALPLAN_CAUSES.gate})
 same => n(open),Return()
exten => h,1,NoOp()
`;
}
