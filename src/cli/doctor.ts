// `callwarden doctor`: looks into Asterisk, the dialplan and the files, and says what would let a call out or lose one.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { AsteriskFacts } from '../asterisk/doctor/read-facts.ts';
import type { Finding, Severity } from '../asterisk/doctor/finding.ts';
import { environment } from '../config/environment.ts';
import { contractIn } from '../config/dialplan-contract.ts';
import type { Config } from '../config/config.ts';
import { AppError } from '../errors.ts';
import { globalOptions, openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

const DEFAULT_ETC = '/etc/asterisk';
const marks: Readonly<Record<Severity, string>> = { failure: 'FAIL', warning: 'warn', ok: 'ok  ' };
const order: readonly Severity[] = ['failure', 'warning', 'ok'];

interface DoctorOptions extends JsonOption {
  readonly asteriskEtc: string;
}

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'examine Asterisk, its dialplan and the files: each way to a trunk without screening, a stale dialplan, missing ' +
        'modules; exit status 1 when something fails',
    )
    .option('--asterisk-etc <directory>', 'where the configuration of Asterisk lies', DEFAULT_ETC)
    .option('--json', 'for programs')
    .action(async (options: DoctorOptions, command: Command) => {
      const findings = await examine(options, command);
      const failed = findings.some(({ severity }) => severity === 'failure');
      if (options.json) printJson({ healthy: !failed, findings });
      else printLines(linesOf(findings));
      if (failed) process.exitCode = EXIT.failed;
    });
}

async function examine(options: DoctorOptions, command: Command): Promise<readonly Finding[]> {
  const { loadConfig } = await import('../config/load.ts');
  const { examineFiles, readAsteriskConf } = await import('./doctor-files.ts');
  const config = loadConfig({ path: globalOptions(command).config, env: environment() });
  const { examineWeb } = await import('./doctor-web.ts');
  const files = [...examineFiles(config), ...examineWeb(config, Date.now())];
  const { readAsterisk } = await import('../asterisk/doctor/read-facts.ts');
  const { commandMs, connectMs } = config.deadlines;
  const ami = config.ami.enabled
    ? { ...config.ami, commandDeadlineMs: commandMs, connectDeadlineMs: connectMs }
    : null;
  const facts = await readAsterisk(config.ari, ami, connectMs);
  const { examineSystem } = await import('../asterisk/doctor/system.ts');
  const system = examineSystem({
    version: 'value' in facts.version ? facts.version.value : null,
    modules: 'value' in facts.modules ? facts.modules.value : null,
    door: config.dialplan.door,
    files: readAsteriskConf(options.asteriskEtc),
    ariUser: config.ari.username,
  });
  const findings = [...files, ...unread(facts), ...system, ...(await examineCalls(command, config, facts))];
  return findings.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

/** What could not be read is said, and never taken for fine. */
function unread(facts: AsteriskFacts): readonly Finding[] {
  const { version, modules, endpoints, contexts, sounds, dialplan } = facts;
  const remedies = {
    dialplan:
      'Give the account write = reporting in manager.conf (config/asterisk/manager.conf), then asterisk -rx ' +
      "'manager reload'.",
    ari: 'See that Asterisk runs, that res_ari_asterisk and res_ari_endpoints are loaded, and [ari] in the configuration.',
  };
  const parts = [
    ['the version', version, remedies.ari],
    ['the modules', modules, remedies.ari],
    ['the endpoints', endpoints, remedies.ari],
    ['the contexts of the endpoints', contexts, remedies.ari],
    ['the sounds', sounds, 'Load res_ari_sounds, or see by hand that the announcements exist.'],
    ['the dialplan', dialplan, remedies.dialplan],
  ] as const;
  return parts.flatMap(([what, read, remedy]) =>
    'problem' in read
      ? [
          {
            code: 'unread',
            severity: what === 'the dialplan' ? ('failure' as const) : ('warning' as const),
            text: `Not examined, as it could not be read: ${what}. ${read.problem}`,
            remedy,
          },
        ]
      : [],
  );
}

/** What needs the policy: who is a phone, and which dialplan the settings call for. */
async function examineCalls(
  command: Command,
  config: Config,
  facts: AsteriskFacts,
): Promise<readonly Finding[]> {
  try {
    using store = await openForReading(command);
    const { readHouse } = await import('../admin/house.ts');
    const { dialplanFacts } = await import('../admin/dialplan-facts.ts');
    const { dialplanFingerprint } = await import('../asterisk/dialplan/generate.ts');
    const { examineInstallation, examineSounds } = await import('../asterisk/doctor/installation.ts');
    const { examineRoutes } = await import('../asterisk/doctor/routes.ts');
    const house = readHouse(store);
    const wanted = dialplanFingerprint({ ...dialplanFacts(store), ...contractIn(config) });
    const sounds = 'value' in facts.sounds ? examineSounds(house.announcements, facts.sounds.value) : [];
    const { examinePins } = await import('./doctor-files.ts');
    const { examineAccounts } = await import('./doctor-web.ts');
    const beside = [
      ...sounds,
      ...examinePins(store, config.security.keyFile),
      ...examineAccounts(config, store),
    ];
    if ('problem' in facts.dialplan) return beside;
    const plan = facts.dialplan.value;
    const landing = 'value' in facts.contexts ? [...facts.contexts.value] : [];
    const phones = landing.filter(([endpoint]) => !house.isTrunk(endpoint)).map(([, context]) => context);
    const further = ['TRANSFER_CONTEXT', 'FORWARD_CONTEXT'].flatMap((name) => facts.globals.get(name) ?? []);
    const routes = examineRoutes({
      plan,
      around: {
        endpoints: 'value' in facts.endpoints ? facts.endpoints.value : null,
        isTrunk: house.isTrunk,
        globals: facts.globals,
        queues: facts.queues,
      },
      phoneContexts: [...new Set([...phones, ...further])].filter((context) => context !== ''),
      internationalPrefixes: house.internationalPrefixes,
    });
    return [...examineInstallation(plan, wanted), ...beside, ...routes];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const remedy =
      error.code === 'invalid' ? '' : 'Put the last backup in its place, or run `callwarden init`.';
    return [{ code: 'policy', severity: 'failure', text: error.message, remedy }];
  }
}

function linesOf(findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ code, severity, text, remedy }) => [
    `${marks[severity]}  ${code}: ${text}`,
    ...(remedy === '' ? [] : [`      mend it: ${remedy}`]),
  ]);
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return [...lines, '', `${counted(count('failure'), 'failure')}, ${counted(count('warning'), 'warning')}`];
}
