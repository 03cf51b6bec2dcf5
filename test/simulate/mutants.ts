// Wrong lines in the dialplan and in the daemon, each of which the simulation must find: the proof that it finds any.

export interface Mutant {
  readonly name: string;
  /** Relative to the root. */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

const dialplan = 'dialplan/callwarden.conf';

export const mutants: readonly Mutant[] = [
  {
    name: 'no-way-back-from-the-deadline',
    file: dialplan,
    from: /exten => T,1,Goto\(callwarden-screen.*\n/,
    to: '',
  },
  { name: 'no-deadline', file: dialplan, from: ',TIMEOUT(absolute)=2.000', to: '' },
  {
    name: 'deadline-not-taken-off',
    file: dialplan,
    from: 'exten => allowed,1,MSet(TIMEOUT(absolute)=${CALLWARDEN_TIMEOUT},',
    to: 'exten => allowed,1,MSet(',
  },
  {
    name: 'no-verdict-is-permission',
    file: dialplan,
    from: /(_\[0-9\*#\+\]!,1,Return)\(\)/,
    to: '$1(pass)',
  },
  { name: 'emergency-by-prefix', file: dialplan, from: 'exten => 911,1', to: 'exten => _911!,1' },
  {
    name: 'status-word-as-verdict',
    file: dialplan,
    from: '$["${CALLWARDEN_VERDICT}" = "allow:${CALLWARDEN_NONCE}:${CALLWARDEN_NUMBER}"]',
    to: '$["${STASISSTATUS}" = "SUCCESS"]',
  },
  {
    name: 'half-open-unnoticed',
    file: 'src/asterisk/ari/heartbeat.ts',
    from: 'MISSES_MAX = 2',
    to: 'MISSES_MAX = 1e9',
  },
  {
    name: 'waiting-calls-not-adopted',
    file: 'src/asterisk/adopt-waiting.ts',
    from: '    hand(channel, args);\n',
    to: '',
  },
  {
    name: 'old-policy',
    file: 'src/store/policy-watch.ts',
    from: 'LOOK_INTERVAL_MS = 100',
    to: 'LOOK_INTERVAL_MS = 4e3',
  },
  {
    name: 'swallowed-answer-not-said-again',
    file: 'src/asterisk/pickup-session.ts',
    from: "=== 'unsaid') questions.forget(channel.id, args);",
    to: "=== 'unsaid') return;",
  },
  { name: 'pickup-without-answer', file: dialplan, from: 'n(try),Answer(,i)', to: 'n(try),NoOp()' },
  {
    name: 'pickup-without-right',
    file: 'src/pickup/rights.ts',
    from: 'return name === null ? null : endless(`group:${name}`);',
    to: "return endless('group:any');",
  },
  {
    name: 'pickup-of-the-protected',
    file: 'src/pickup/access.ts',
    from: 'standing.find((protection) => !isNamed(his, protection))',
    to: 'undefined',
  },
  {
    name: 'pickup-of-ones-own',
    file: 'src/pickup/choose.ts',
    from: 'call.callerExtension === request.picker || ',
    to: '',
  },
  {
    name: 'offered-calls-not-claimed',
    file: 'src/daemon/asterisk.ts',
    from: /void link\?\.claim\(event\.channel\.id\)\.catch\(noticed\);/,
    to: ';',
  },
  {
    name: 'silent-daemon-unnoticed',
    file: 'src/asterisk/peers.ts',
    from: 'SILENT_MS = 800',
    to: 'SILENT_MS = 1e9',
  },
  {
    name: 'no-record',
    file: 'src/daemon/afterwards.ts',
    from: 'work();',
    to: 'void work;',
  },
];

export function mutantNamed(name: string): Mutant {
  const found = mutants.find((one) => one.name === name);
  if (!found) throw new Error(`There is no mutant ${name}: ${mutants.map((one) => one.name).join(', ')}`);
  return found;
}

/** The text with the wrong line in it; a mutant that changes nothing is none any more. */
export function mutate(text: string, { name, from, to }: Mutant): string {
  const mutated = text.replace(from, to);
  if (mutated === text) throw new Error(`The mutant ${name} finds nothing to change: its line is gone.`);
  return mutated;
}
