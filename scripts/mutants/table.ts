// What must not be changed without a test that fails: each line is a defect, and the tests that must find it.

export interface Mutant {
  /** What would be wrong, as a name. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** Of these files at least one test must fail. */
  readonly tests: readonly string[];
  /** Only the tests whose title has this; all of the files where it is left out. */
  readonly only?: string;
  /** Without an Asterisk, in a second or two. */
  readonly quick?: true;
}

const question = 'src/asterisk/dialplan/question.ts';
const screening = 'src/asterisk/dialplan/screening.ts';
const forged = 'test/faults/forged-verdict.test.ts';
const away = 'test/faults/daemon-away.test.ts';
const hostile = 'test/main-path/hostile-numbers.test.ts';

/** The verdict and the dialplan that compares it. */
const dialplan: readonly Mutant[] = [
  {
    name: 'the nonce of a verdict by variable is not compared',
    file: question,
    text: String.raw`"\${CALLWARDEN_VERDICT}" = "allow:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"`,
    replacement: String.raw`"\${CALLWARDEN_VERDICT}" : "allow:.*:\${CALLWARDEN_NUMBER}$"`,
    tests: [forged],
  },
  {
    name: 'the number of a verdict by variable is not compared',
    file: question,
    text: String.raw`"\${CALLWARDEN_VERDICT}" = "allow:\${CALLWARDEN_NONCE}:\${CALLWARDEN_NUMBER}"`,
    replacement: String.raw`"\${CALLWARDEN_VERDICT}" : "allow:\${CALLWARDEN_NONCE}:.*"`,
    tests: [forged],
  },
  {
    name: 'the nonce of a verdict by extension is not compared',
    file: question,
    text: '"\\${EXTEN}" = "${word}:\\${CALLWARDEN_NONCE}:\\${CALLWARDEN_NUMBER}"',
    replacement: '"\\${EXTEN}" : "${word}:.*:\\${CALLWARDEN_NUMBER}$"',
    tests: [forged],
  },
  {
    name: 'the number of a verdict by extension is not compared',
    file: question,
    text: '"\\${EXTEN}" = "${word}:\\${CALLWARDEN_NONCE}:\\${CALLWARDEN_NUMBER}"',
    replacement: '"\\${EXTEN}" : "${word}:\\${CALLWARDEN_NONCE}:.*"',
    tests: [forged],
  },
  {
    name: 'STASISSTATUS is taken for a verdict',
    file: question,
    text: " same => n,Goto(callwarden-screen,no-verdict,1)\n\n${options.door === 'agi'",
    replacement:
      ' same => n,GotoIf($["\\${STASISSTATUS}" = "SUCCESS"]?callwarden-screen,allowed,1:callwarden-screen,no-verdict,1)' +
      "\n\n${options.door === 'agi'",
    tests: [forged],
  },
  {
    name: 'AGISTATUS is taken for a verdict',
    file: question,
    text: " same => n,Goto(callwarden-screen,no-verdict,1)\n\n${options.door === 'agi'",
    replacement:
      ' same => n,GotoIf($["\\${AGISTATUS}" = "SUCCESS"]?callwarden-screen,allowed,1:callwarden-screen,no-verdict,1)' +
      "\n\n${options.door === 'agi'",
    tests: ['test/faults/agi.test.ts'],
  },
  {
    name: 'AGIEXITONHANGUP is not set',
    file: 'src/asterisk/dialplan/ask-by-agi.ts',
    text: ',AGIEXITONHANGUP=yes',
    replacement: '',
    tests: ['test/faults/agi.test.ts'],
  },
  {
    name: 'the gate on the trunk leg does not compare',
    file: screening,
    text: String.raw`GotoIf($["\${CALLWARDEN_PASS}" = "\${ARG1}"]?`,
    replacement: 'GotoIf(1?',
    tests: [forged],
    only: 'redirect',
  },
  {
    name: 'the question has no deadline',
    file: question,
    text: ',TIMEOUT(absolute)=${deadline},',
    replacement: ',',
    tests: [away],
    only: 'frozen',
  },
  {
    name: 'the deadline of the question leads nowhere',
    file: question,
    text: 'exten => T,1,Goto(callwarden-screen,no-verdict,1)',
    replacement: 'exten => gone,1,Goto(callwarden-screen,no-verdict,1)',
    tests: [away],
    only: 'frozen',
  },
  {
    name: 'the deadline runs on over an allowed call',
    file: screening,
    text: String.raw`exten => allowed,1,MSet(TIMEOUT(absolute)=\${CALLWARDEN_TIMEOUT},`,
    replacement: 'exten => allowed,1,MSet(',
    tests: ['test/faults/dialplan-broken.test.ts'],
    only: 'as soon as the file is whole',
  },
  {
    name: 'a verdict that comes late still names the nonce',
    file: screening,
    text: 'CALLWARDEN_NONCE=${NONCE},CALLWARDEN_LIMIT_MS=)',
    replacement: 'CALLWARDEN_LIMIT_MS=)',
    tests: [forged],
    only: 'late',
  },
  {
    name: 'what was dialled is not filtered',
    file: screening,
    text: '`$[\\${LEN(${filtered})} = \\${LEN(\\${CALLWARDEN_DIALLED})} & ${short}]`',
    replacement: '`$[${short} | \\${LEN(${filtered})} = 99]`',
    tests: [hostile],
  },
  {
    name: 'the static rules let the international prefix out',
    file: screening,
    text: '; national\n',
    replacement: '; national\nexten => _00.,1,Return(pass)\n',
    tests: [away],
    only: 'daemon is down',
  },
  {
    name: 'the static rules hold for outside callers too',
    file: screening,
    text: String.raw` same => n,GotoIf($[\${LEN(\${CALLWARDEN_OUTSIDE})} > 0]?unavailable,1)` + '\n',
    replacement: '',
    tests: [away],
    only: 'outside caller',
  },
  {
    name: 'emergency numbers match by their first digits in the dialplan',
    file: question,
    text: 'return [number, `${number}#`]',
    replacement: 'return [number, `_${number}!`]',
    tests: [hostile],
  },
  {
    name: 'PickupChan comes without Answer before it',
    file: 'src/asterisk/dialplan/pickup.ts',
    text: ' same => n(try),Answer(,i)\n',
    replacement: ' same => n(try),NoOp()\n',
    tests: ['test/asterisk/pickup/pickup-races.test.ts'],
  },
  {
    name: 'a dead link has no heartbeat',
    file: 'src/asterisk/ari/start-link.ts',
    text: 'socket.endReason === null',
    replacement: "socket.endReason === ''",
    tests: ['test/faults/half-open.test.ts'],
    only: 'finds it dead',
  },
  {
    name: 'a verdict that the link lost is not said again',
    file: 'src/asterisk/screening-session.ts',
    text: "return outcome === 'unsaid' ? 'unanswered' : 'answered';",
    replacement: "return outcome === 'unsaid' ? 'answered' : 'answered';",
    tests: ['test/faults/link-cuts.test.ts'],
    only: 'adopts a call',
  },
];

/** The deciding code and the store. */
const decisions: readonly Mutant[] = [
  {
    name: 'emergency numbers match by their first digits',
    file: 'src/numbering/emergency.ts',
    text: 'if (plan.shortNumbers.emergency.has(text)) return text;',
    replacement: 'for (const one of plan.shortNumbers.emergency) if (text.startsWith(one)) return one;',
    tests: ['test/numbering/read.test.ts', 'test/barring/invariants.test.ts', 'test/barring/cases.test.ts'],
    quick: true,
  },
  {
    name: 'emergency is not asked for first',
    file: 'src/barring/decide.ts',
    text: '  emergency,\n  unreadable,\n',
    replacement: '  unreadable,\n',
    tests: ['test/barring/invariants.test.ts', 'test/barring/decide.test.ts'],
    quick: true,
  },
  {
    name: 'what cannot be read is not refused',
    file: 'src/barring/decide.ts',
    text: '  emergency,\n  unreadable,\n',
    replacement: '  emergency,\n',
    tests: ['test/barring/invariants.test.ts', 'test/barring/observe.test.ts'],
    quick: true,
  },
  {
    name: 'an unknown extension may call abroad',
    file: 'src/barring/caller.ts',
    text: "const on = own === 'on';",
    replacement: "const on = extension === null || own === 'on';",
    tests: ['test/barring/decide.test.ts', 'test/barring/invariants.test.ts'],
    quick: true,
  },
  {
    name: 'a call without payer has rights',
    file: 'src/barring/rules-abroad.ts',
    text: 'if (caller.payer === null && caller.admission === null) return unknownPayer();\n    const right',
    replacement: 'const right',
    tests: ['test/barring/decide.test.ts', 'test/barring/invariants.test.ts'],
    quick: true,
  },
  {
    name: 'the endpoint is cut at its first hyphen',
    file: 'src/asterisk/identity.ts',
    text: String.raw`\/(.+)-[0-9a-f]{8,16}$/`,
    replacement: String.raw`\/([^-]+)-.*$/`,
    tests: ['test/asterisk/identity.test.ts'],
    quick: true,
  },
  {
    name: 'whom a trunk claims to be pays',
    file: 'src/asterisk/identity.ts',
    text: '(endpoint !== null && isExtension(endpoint))',
    replacement: 'endpoint !== null',
    tests: ['test/asterisk/identity.test.ts'],
    quick: true,
  },
  {
    name: 'wrong PINs never lock',
    file: 'src/barring/pin-lockout.ts',
    text: 'export const PIN_FAILURES_LOCK = 5;',
    replacement: 'export const PIN_FAILURES_LOCK = 5000;',
    tests: ['test/barring/pin-lockout.test.ts'],
    quick: true,
  },
  {
    name: 'a commit does not wait for the disk',
    file: 'src/store/open.ts',
    text: "db.pragma('synchronous = FULL');",
    replacement: "db.pragma('synchronous = OFF');",
    tests: ['test/store/open.test.ts'],
    quick: true,
  },
  {
    name: 'the checksum of the policy is not checked',
    file: 'src/store/policy.ts',
    text: '(yield* checksumSteps(store, row.version)) === row.checksum',
    replacement: '(yield* checksumSteps(store, row.version)) !== null',
    tests: ['test/store/policy.test.ts'],
    quick: true,
  },
  {
    name: 'a heartbeat that is missed counts for nothing',
    file: 'src/asterisk/ari/heartbeat.ts',
    text: 'misses = alive ? 0 : misses + 1;',
    replacement: 'misses = 0;',
    tests: ['test/asterisk/ari/heartbeat.test.ts'],
    quick: true,
  },
];

/** Who takes which ringing call. */
const pickups: readonly Mutant[] = [
  {
    name: 'a protected phone is as any other',
    file: 'src/pickup/access.ts',
    text: 'const closed = standing.find((protection) => !isNamed(his, protection));',
    replacement: 'const closed = standing.find(() => false);',
    tests: ['test/pickup/protections.test.ts', 'test/pickup/choose-properties.test.ts'],
    quick: true,
  },
  {
    name: 'a call that was lost is chosen again',
    file: 'src/pickup/choose.ts',
    text: 'except.has(call.callId) || ',
    replacement: '',
    tests: ['test/pickup/rights.test.ts'],
    quick: true,
  },
  {
    name: 'a claim is never given back',
    file: 'src/pickup/claims.ts',
    text: 'return claims.filter((claim) => claim.pickerChannelId !== pickerChannelId);',
    replacement: 'return claims.filter((claim) => claim.pickerChannelId !== `${pickerChannelId}.`);',
    tests: ['test/asterisk/pickup/pickup-races.test.ts'],
    only: 'frees the call for the next',
  },
];

export const mutants: readonly Mutant[] = [...dialplan, ...decisions, ...pickups];
