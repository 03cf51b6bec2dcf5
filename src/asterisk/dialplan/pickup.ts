// The pickup codes as dialplan text: ask who may take what, answer first, then take exactly the chosen legs.
import assert from 'node:assert/strict';
import { askLines, type AskOptions } from './ask.ts';
import { CONTEXTS, JOBS, VARIABLES } from './variables.ts';
import type { PickupKind } from '../../pickup/call.ts';

/** `deadlineMs`: how long a picker waits for the daemon before he is refused. */
export interface PickupOptions extends AskOptions {
  /**
   * Takes the longest ringing call of the picker's own groups, such as `*8`, and with a group's number behind it that of
   * another group; digits, `*` and `#` only, as the others.
   */
  readonly groupCode: string;
  /** Takes the longest ringing call that the picker may take at all, such as `*8*`. */
  readonly anyCode: string;
  /** Dialled before an extension, takes the call that rings there, such as `**`. */
  readonly directedCode: string;
  /** Sound names: for an extension that cannot be read, and for a daemon that does not answer. */
  readonly unreadableAnnouncement: string;
  readonly unavailableAnnouncement: string;
}

/** Longest extension behind the directed code that is looked at. */
const TARGET_LENGTH_MAX = 32;

/** Longest call id, URI-encoded: a uniqueid with a long `systemname` before it (main/channel.c, AST_MAX_UNIQUEID). */
export const CALL_ID_LENGTH_MAX = 256;

/**
 * Q.850 causes of a refused pickup, and the SIP code that the phone gets (chan_pjsip.c, `hangup_cause2sip`). Each
 * outcome has its own, so that a trace tells them apart: 21 -> 403, 31 -> 480, 17 -> 486, 28 -> 484, 42 -> 503;
 * 26 -> 603 with `Reason: SIP;cause=200;text="Call completed elsewhere"`, so the phone shows it as answered.
 */
export const PICKUP_CAUSES = {
  'no-right': 21,
  'nothing-ringing': 31,
  'already-taken': 26,
  'own-call': 17,
  unreadable: 28,
  unavailable: 42,
} as const;

const { nonce, choice, chosenBy, candidate, connected, announcement, cause, pickupKind, pickupTarget } =
  VARIABLES;
const { pickerNumber } = VARIABLES;

/**
 * The contexts `callwarden-pickup` (the codes, for the phones' own context to include), `callwarden-pickup-exact` (for the
 * phones that the daemon calls) and `callwarden-pickup-run`.
 * Source of the behaviour relied on: app_directed_pickup.c, main/pickup.c, func_timeout.c, pbx.c (`T`).
 */
export function pickupSection(options: PickupOptions): string {
  const { groupCode, anyCode, directedCode } = options;
  for (const code of [groupCode, anyCode, directedCode]) assert.match(code, /^[0-9*#]{1,8}$/);
  assert.equal(new Set([groupCode, anyCode, directedCode]).size, 3);
  return [codes(options), exact(), question(options), taking(options), refusals(options)].join('\n');
}

function codes({ groupCode, anyCode, directedCode }: PickupOptions): string {
  return `; ---------------------------------------------------------------------------------------------------------
; callwarden-pickup: the codes. Give them to the phones in the context that they dial in:
;   include => callwarden-pickup
;   ${groupCode.padEnd(14)} takes the call that has rung longest in the caller's own pickup groups
;   ${`${groupCode}<number>`.padEnd(14)} takes the one that has rung longest in the group of that number
;   ${anyCode.padEnd(14)} takes the one that has rung longest of all that the caller may take
;   ${`${directedCode}<extension>`.padEnd(14)} takes the call that rings on that extension
; The rights are checked on every one of them. Asterisk's own Pickup() asks none of them: do not offer it beside these.
; chan_pjsip takes its own pickup code, *8 unless features.conf says otherwise, before any dialplan is asked, and refuses it
; with 403 or serves it by groups of its own. Switch it off, and reload (module reload features):
;   [general]
;   pickupexten=
; ---------------------------------------------------------------------------------------------------------
[${CONTEXTS.pickupCodes}]
${enter(groupCode, 'group', '')}
${enter(`_${groupCode}X!`, 'other-group', `\${EXTEN:${groupCode.length}}`)}
${enter(anyCode, 'any', '')}
${enter(`_${directedCode}.`, 'directed', `\${EXTEN:${directedCode.length}}`)}
`;
}

/** Set takes all that is dialled into one variable; MSet would read a comma in it as the next assignment. */
function enter(code: string, kind: PickupKind, target: string): string {
  return `exten => ${code},1,Set(${pickupKind}=${kind})
 same => n,Set(${pickupTarget}=${target})
 same => n,Goto(${CONTEXTS.pickup},s,1)`;
}

/** Where a phone that the daemon has called for one call enters: the call's id stands in a variable set at originate. */
function exact(): string {
  return `; Phones that the daemon calls on behalf of "callwarden pickup take" enter here, and nobody else: include it nowhere.
; Whoever else came here would gain nothing: the rights are those of his own endpoint, checked as behind every code.
[${CONTEXTS.pickupExact}]
exten => s,1,Set(${pickupKind}=exact)
; What the daemon showed on this phone was the caller. From here on the phone is its owner again.
 same => n,Set(CALLERID(num)=\${${pickerNumber}})
 same => n,Set(CALLERID(name)=)
 same => n,Set(CALLWARDEN_LENGTH=\${LEN(\${${pickupTarget}})})
 same => n,GotoIf($[\${CALLWARDEN_LENGTH} > ${CALL_ID_LENGTH_MAX}]?${CONTEXTS.pickup},unreadable,1)
 same => n,GotoIf($[\${LEN(\${FILTER(0-9A-Za-z%_\\x2d\\x2e,\${${pickupTarget}})})} != \${CALLWARDEN_LENGTH}]?${CONTEXTS.pickup},unreadable,1)
 same => n,Goto(${CONTEXTS.pickup},s,ready)
`;
}

function question(options: PickupOptions): string {
  return `[${CONTEXTS.pickup}]
; 1. Keep out what is no extension, and behind the group code what is no number. Only lengths enter the expressions, so
;    nothing that was dialled can change one.
exten => s,1,Set(CALLWARDEN_LENGTH=\${LEN(\${${pickupTarget}})})
 same => n,GotoIf($[\${CALLWARDEN_LENGTH} > ${TARGET_LENGTH_MAX}]?unreadable,1)
 same => n,GotoIf($["\${${pickupKind}}" = "other-group"]?digits)
 same => n,GotoIf($[\${LEN(\${FILTER(0-9A-Za-z_\\x2d\\x2e,\${${pickupTarget}})})} != \${CALLWARDEN_LENGTH}]?unreadable,1:ready)
 same => n(digits),GotoIf($[\${LEN(\${FILTER(0-9,\${${pickupTarget}})})} != \${CALLWARDEN_LENGTH}]?unreadable,1)
 same => n(ready),MSet(CALLWARDEN_TIMEOUT=\${TIMEOUT(absolute)},${candidate}=,${connected}=)
; 2. Ask. Only the answer to this very question, told by its nonce, takes a call; a daemon that is away or frozen
;    takes none, and the deadline ends in T below with the picker still there.
${ask(options, askLines(options, [JOBS.pickup, `nonce=\${${nonce}}`, `kind=\${${pickupKind}}`, `target=\${${pickupTarget}}`]))}
 same => n,GotoIf($["\${${choice}}" = "take:\${${nonce}}"]?take,1)
 same => n,GotoIf($["\${${choice}}" = "refuse:\${${nonce}}"]?refused,1)
 same => n,Goto(unavailable,1)
`;
}

function taking(options: PickupOptions): string {
  return `; 3. Take it. Answer comes before PickupChan and must stay there: PickupChan by itself answers the picker after it has
;    chosen the leg, looks no second time, and so tears the call from whoever has answered it meanwhile. With the
;    picker answered it looks at the leg and takes it in one step, and finds an answered one no longer ringing.
;    The option i does not wait for the picker's first media packet (up to 500 ms in which the leg could be answered);
;    an Asterisk that does not know it waits. The legs are uniqueids: a channel's name would match as a prefix.
exten => take,1,Set(${nonce}=)
 same => n,GotoIf($["\${${connected}}" = "keep"]?keep)
 same => n(try),Answer(,i)
 same => n,PickupChan(\${${candidate}})
; Still here: the call was answered, taken or given up in that instant. Ask which it was, and say it, or try the next one
; that the daemon names: another phone of that call, or the next of three calls at most. The phone is its owner's again.
 same => n,GotoIf($["\${${connected}}" = "keep"]?restore)
${ask(options, askMissed(options), 'missed')}
 same => n,GotoIf($["\${${choice}}" = "take:\${${nonce}}"]?take,1)
 same => n,GotoIf($["\${${choice}}" = "refuse:\${${nonce}}"]?refused,1)
 same => n,Goto(unavailable,1)
; The caller's phone is to stay as it was: who has no valid caller ID is shown on no phone (main/pickup.c copies the
; picker's into the connected line; chan_pjsip.c, is_colp_update_allowed). What the picker sees is another matter.
 same => n(keep),Set(CALLERID(num-valid)=0)
 same => n,Set(CALLERID(name-valid)=0)
 same => n,Goto(try)
 same => n(restore),Set(CALLERID(num-valid)=1)
 same => n,Set(CALLERID(name-valid)=1)
 same => n,Goto(missed)
`;
}

/** One question to the daemon: fresh nonce, nothing chosen, a deadline while it waits. */
function ask(options: PickupOptions, lines: string, label?: string): string {
  const deadline = (options.deadlineMs / 1000).toFixed(3);
  return ` same => n${label === undefined ? '' : `(${label})`},Set(${nonce}=\${UNIQUEID}.\${RAND(100000000,2000000000)}.\${RAND(100000000,2000000000)})
 same => n,Set(${choice}=)
 same => n,Set(TIMEOUT(absolute)=${deadline})
${lines}
 same => n,Set(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT})`;
}

/** Of several daemons the one that chose knows what came of it, and has said who it is. */
function askMissed(options: PickupOptions): string {
  const args = [JOBS.pickupMissed, `nonce=\${${nonce}}`];
  if (options.door !== 'broadcast') return askLines(options, args);
  return askLines({ ...options, door: 'stasis', application: `\${${chosenBy}}` }, args);
}

function refusals(options: PickupOptions): string {
  const { unreadable, unavailable } = PICKUP_CAUSES;
  return `; 4. Say why not: ${describeCauses()}.
;    Who was not answered hears it as early media, at no charge.
exten => refused,1,Set(${nonce}=)
 same => n,Goto(say,1)

; No answer within the deadline, or none that counts. The nonce is gone first: an answer that comes late takes nothing.
exten => T,1,Goto(unavailable,1)
exten => unavailable,1,Set(${nonce}=)
 same => n,Set(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT})
 same => n,Set(${announcement}=${options.unavailableAnnouncement})
 same => n,Set(${cause}=${unavailable})
 same => n,Goto(say,1)

exten => unreadable,1,Set(${announcement}=${options.unreadableAnnouncement})
 same => n,Set(${cause}=${unreadable})
 same => n,Goto(say,1)

exten => say,1,GotoIf($["\${CHANNEL(state)}" = "Up"]?heard)
 same => n,Progress()
 same => n(heard),GotoIf($[\${LEN(\${${announcement}})} = 0]?silent)
 same => n,Playback(\${${announcement}},noanswer)
 same => n(silent),Hangup(\${${cause}})

exten => h,1,NoOp()
`;
}

function describeCauses(): string {
  return Object.entries(PICKUP_CAUSES)
    .map(([outcome, value]) => `${outcome} ${value}`)
    .join(', ');
}
