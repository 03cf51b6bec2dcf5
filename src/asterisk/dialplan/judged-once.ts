// One call, one judgement: how the routine knows that the number it is asked about was judged for this very call already.
//
// CALLWARDEN_PASS          the number that passed; inherited by the channels that this one dials, no further; what the gate
//                          on the trunk leg compares. By itself it answers no question.
// CALLWARDEN_JUDGED        until when, which number, on whose voucher; inherited likewise, for a Local channel that meets
//                          the routine again on its way out.
// CALLWARDEN_LEG_SECONDS   how long the leg to the trunk may last at most; inherited likewise; empty without a limit.
// CALLWARDEN_JUDGED_BY     who transferred or forwarded the call, or was to be admitted; not inherited.
// CALLWARDEN_JUDGED_AFTER  who had answered this channel before; not inherited.
//
// The judgement stands where all of it is still so: the same number, before any answer, nobody having transferred or forwarded
// the call since. Asterisk takes BLINDTRANSFER, ATTENDEDTRANSFER and FORWARDERNAME away once the call is bridged
// (bridge_channel.c) and names a new transferer or forwarder on the channel that goes on, so neither a transferred party nor
// whoever forwards a call comes by the pass of somebody else. An attended transfer by feature code dials a Local channel of
// its own, which names the transferer too (bridge_basic.c, dial_transfer).

/** Until then fail-over from trunk to trunk is one call; then the next visit is a question of its own. */
const JUDGED_SECONDS = 300;

/** Length of a Unix time in seconds, until the year 2286. */
const TIME_LENGTH = 10;

/** Everything by its URI encoding, which has nothing that an expression reads (func_uri.c). */
const BY = '${URIENCODE(${BLINDTRANSFER}${ATTENDEDTRANSFER}${FORWARDERNAME}${CALLWARDEN_OUTSIDE})}';
/** Dial empties DIALEDPEERNAME when it begins, and sets it at the answer (app_dial.c). */
const AFTER = '${URIENCODE(${DIALEDPEERNAME})}';
const VOUCHER = '${URIENCODE(${CALLWARDEN_PAYER})}';

/** What a pass sets. */
export const PASSED = [
  '_CALLWARDEN_PASS=${CALLWARDEN_NUMBER}',
  `_CALLWARDEN_JUDGED=$[\${EPOCH} + ${JUDGED_SECONDS}]/\${CALLWARDEN_NUMBER}/${VOUCHER}`,
  `CALLWARDEN_JUDGED_BY=${BY}`,
  `CALLWARDEN_JUDGED_AFTER=${AFTER}`,
].join(',');

/** The expression that is 1 where `number` (digits, after the filter) was judged for this call and the judgement stands. */
export function wasJudged(number: string): string {
  const conditions = [
    `"\${CALLWARDEN_JUDGED:${TIME_LENGTH}}" = "/${number}/${VOUCHER}"`,
    `\${EPOCH} < 0\${CALLWARDEN_JUDGED:0:${TIME_LENGTH}}`,
    `"${BY}" = "\${CALLWARDEN_JUDGED_BY}"`,
    `("${AFTER}" = "" | "${AFTER}" = "\${CALLWARDEN_JUDGED_AFTER}")`,
  ];
  return `$[${conditions.join(' & ')}]`;
}

/** The context `callwarden-again`, which no phone may reach: the pass stands, also for a Local channel that inherited it. */
export function againContext(): string {
  const pass = [
    'CALLWARDEN_NUMBER=${EXTEN}',
    '_CALLWARDEN_PASS=${EXTEN}',
    '_CALLWARDEN_JUDGED=${CALLWARDEN_JUDGED}',
    '_CALLWARDEN_LEG_SECONDS=${CALLWARDEN_LEG_SECONDS}',
  ].join(',');
  return `; The same number on its way out for the same call: nobody is asked twice.
[callwarden-again]
exten => s,1,Goto(callwarden-screen,unreadable,1)
exten => _[0-9*#+]!,1,MSet(${pass})
 same => n,Return()
exten => h,1,NoOp()
`;
}
