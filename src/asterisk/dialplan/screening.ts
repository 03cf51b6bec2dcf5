// The screening routine as dialplan text: the half of the contract that holds when the daemon does not.

export interface ScreeningOptions {
  /** Name of the Stasis application. */
  readonly application: string;
  /** How long a caller waits for a verdict before the static rules decide. */
  readonly deadlineMs: number;
  /** Every emergency number as it may be dialled, with and without outside prefix; digits only. */
  readonly emergencyNumbers: readonly string[];
  /** Extension names (`100`, `_1XXX`) of what is certainly internal, or national without extra cost. */
  readonly internalPatterns: readonly string[];
  readonly nationalPatterns: readonly string[];
  /** Sound names: for a number that cannot be read, and for a call without verdict. */
  readonly unreadableAnnouncement: string;
  readonly unavailableAnnouncement: string;
}

/** Longest dialled string that is looked at; Asterisk itself cuts extensions at 79 (include/asterisk/channel.h). */
export const DIALLED_LENGTH_MAX = 32;

/** Q.850 causes of the refusals that the dialplan gives by itself: 28 -> SIP 484, 42 -> SIP 503 (chan_pjsip.c). */
export const DIALPLAN_CAUSES = { unreadable: 28, unavailable: 42, gate: 21 } as const;

/**
 * The contexts `callwarden-screen`, `-emergency`, `-static` and `-gate`.
 * Source of the behaviour relied on: app_stack.c (Gosub, Return), func_timeout.c, pbx.c (`T` inside a Gosub).
 */
export function screeningSection(options: ScreeningOptions): string {
  return [routine(options), emergencyContext(options), staticContext(options), gate()].join('\n');
}

function routine(options: ScreeningOptions): string {
  const { unreadable, unavailable } = DIALPLAN_CAUSES;
  const deadline = (options.deadlineMs / 1000).toFixed(3);
  return `; ---------------------------------------------------------------------------------------------------------
; callwarden-screen: may this call go out?
;   Set(CALLWARDEN_DIALLED=\${EXTEN})
;   Gosub(callwarden-screen,s,1)
; comes back only when it may, with the number to dial in CALLWARDEN_NUMBER. Otherwise the caller hears why, as
; early media, and the call ends with a deliberate cause. The number is handed over by variable, because a Gosub
; argument would be split at commas.
; ---------------------------------------------------------------------------------------------------------
[callwarden-screen]
; 1. Keep out what is no number. Only lengths enter the expression, so nothing that was dialled can change it.
;    Visual separators (space - . and round brackets) are taken out; one other foreign character refuses the call.
exten => s,1,Set(CALLWARDEN_NUMBER=\${FILTER(0-9*#+,\${CALLWARDEN_DIALLED})})
 same => n,Set(CALLWARDEN_LENGTH=\${LEN(\${CALLWARDEN_DIALLED})})
 same => n,GotoIf($[\${LEN(\${FILTER(0-9*#+\\x20\\x28\\x29\\x2d\\x2e,\${CALLWARDEN_DIALLED})})} != \${CALLWARDEN_LENGTH}]?unreadable,1)
 same => n,GotoIf($[\${CALLWARDEN_LENGTH} > ${DIALLED_LENGTH_MAX} | \${LEN(\${CALLWARDEN_NUMBER})} = 0]?unreadable,1)
; 2. Emergency numbers pass here, by exact match, and nobody is asked.
 same => n,Gosub(callwarden-emergency,\${CALLWARDEN_NUMBER},1)
 same => n,GotoIf($[\${LEN(\${GOSUB_RETVAL})} > 0]?emergency,1)
; 3. Ask. No verdict is never permission: it starts as nothing, and only the answer to this very question, told by
;    its nonce and the number judged, opens the way. No status word of Asterisk is ever looked at.
 same => n,Set(CALLWARDEN_NONCE=\${UNIQUEID}.\${RAND(100000000,2000000000)}.\${RAND(100000000,2000000000)})
 same => n,Set(CALLWARDEN_VERDICT=)
 same => n,Set(CALLWARDEN_TIMEOUT=\${TIMEOUT(absolute)})
 same => n,Set(TIMEOUT(absolute)=${deadline})
 same => n,Stasis(${options.application},screen,nonce=\${CALLWARDEN_NONCE},dialled=\${URIENCODE(\${CALLWARDEN_DIALLED})},number=\${URIENCODE(\${CALLWARDEN_NUMBER})},transferer=\${URIENCODE(\${BLINDTRANSFER})},payer=\${URIENCODE(\${CALLWARDEN_PAYER})},linkedid=\${CHANNEL(linkedid)})
 same => n,Set(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT})
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "allow:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]?allowed,1)
 same => n,GotoIf($["\${CALLWARDEN_VERDICT}" = "deny:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"]?denied,1)
 same => n,Goto(no-verdict,1)

exten => allowed,1,Set(CALLWARDEN_NONCE=)
 same => n,Set(_CALLWARDEN_PASS=\${CALLWARDEN_NUMBER})
 same => n,Return()

exten => emergency,1,Set(CALLWARDEN_NUMBER=\${GOSUB_RETVAL})
 same => n,Set(_CALLWARDEN_PASS=\${CALLWARDEN_NUMBER})
 same => n,Return()

exten => denied,1,Progress()
 same => n,Playback(\${CALLWARDEN_ANNOUNCEMENT},noanswer)
 same => n,Hangup(\${CALLWARDEN_CAUSE})

exten => unreadable,1,Progress()
 same => n,Playback(${options.unreadableAnnouncement},noanswer)
 same => n,Hangup(${unreadable})

; The deadline passed with the caller still there (a frozen daemon), or the daemon is away: the static rules decide.
; The nonce is gone before they are asked, so a verdict that comes late opens nothing.
exten => T,1,Goto(no-verdict,1)
exten => no-verdict,1,Set(CALLWARDEN_NONCE=)
 same => n,Set(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT})
 same => n,Gosub(callwarden-static,\${CALLWARDEN_NUMBER},1)
 same => n,GotoIf($[\${LEN(\${GOSUB_RETVAL})} > 0]?allowed,1)
 same => n,Progress()
 same => n,Playback(${options.unavailableAnnouncement},noanswer)
 same => n,Hangup(${unavailable})

exten => h,1,NoOp()
`;
}

function emergencyContext(options: ScreeningOptions): string {
  const lines = options.emergencyNumbers.flatMap((number) => [
    `exten => ${number},1,Return(${number})`,
    `exten => ${number}#,1,Return(${number})`,
  ]);
  return `; Emergency numbers, by exact match only (a longer number that begins like one is no emergency call): the answer is
; the number to dial, nothing for every other.
[callwarden-emergency]
${lines.join('\n')}
exten => _[0-9*#+]!,1,Return()
`;
}

function staticContext(options: ScreeningOptions): string {
  const pass = (pattern: string) => `exten => ${pattern},1,Return(pass)`;
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
