// `callwarden init`: a commented configuration and a database, from flags or from questions.
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ChangeOutcome } from '../admin/change.ts';
import { environment } from '../config/environment.ts';
import { DEFAULT_DATABASE, DEFAULT_KEY_FILE } from '../config/config.ts';
import { makeKeyFile } from '../config/key-file.ts';
import { findPlaces } from '../config/places.ts';
import { configFile } from '../config/read.ts';
import { AppError } from '../errors.ts';
import { changeLine } from './changes.ts';
import { cliActor, type GlobalOptions } from './context.ts';
import { prepareDirectory, prepareParent, serviceOwner, writeConfig } from './init-files.ts';
import { ask, canAsk } from './init-questions.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

interface InitOptions extends JsonOption {
  readonly homeRegion?: string;
  readonly internationalPrefix?: string[];
  readonly outsidePrefix?: string[];
  readonly internalPattern?: string[];
  readonly protection?: string;
  readonly level?: string;
  readonly pbxName?: string;
  readonly ariUrl?: string;
  readonly ariUsername?: string;
  readonly ariPassword?: string;
  readonly ariPasswordFile?: string;
  readonly amiHost?: string;
  readonly amiPort?: string;
  readonly amiUsername?: string;
  readonly amiPassword?: string;
  readonly amiPasswordFile?: string;
  readonly socket?: string;
  readonly keyFile?: string;
  readonly admin?: string;
  readonly force?: boolean;
  readonly keepConfig?: boolean;
}

const PASSWORD_BYTES = 24;

export function registerInit(program: Command): void {
  program
    .command('init')
    .description('write a commented configuration and make the database')
    .option('--home-region <code>', 'the country in which the PBX stands: MX')
    .option('--international-prefix <digits...>', 'international dialing codes: 00 011')
    .option('--outside-prefix <digits...>', 'digits dialled for an outside line')
    .option('--internal-pattern <pattern...>', 'internal extensions: 1XXX')
    .option('--protection <on|off>', 'off lets everything readable go out at first (on)')
    .option('--level <level>', 'how far calls abroad are open: closed, low, medium, high, open (low)')
    .option('--pbx-name <name>', 'the name in the records (the host’s name)')
    .option('--ari-url <url>', 'http://127.0.0.1:8088/ari')
    .option('--ari-username <name>', 'the account in ari.conf (callwarden)')
    .option('--ari-password <password>', 'its password; a new one without it')
    .option('--ari-password-file <file>', 'a file that holds it')
    .option('--ami-host <host>', '127.0.0.1')
    .option('--ami-port <port>', '5038')
    .option('--ami-username <name>', 'the account in manager.conf (callwarden, with an AMI password)')
    .option('--ami-password <password>', 'its password; no AMI without it')
    .option('--ami-password-file <file>', 'a file that holds it')
    .option('--socket <file>', 'where the daemon can be reached')
    .option(
      '--key-file <file>',
      'the key that PIN hashes depend on (callwarden.key beside the configuration)',
    )
    .option('--admin <name>', 'the first administrator of the console; the drawn password is shown this once')
    .option('--keep-config', 'make only the database and the key file that an existing configuration names')
    .option('--force', 'write over a configuration (kept as .old) and set an existing database anew')
    .option('--json', 'for programs')
    .action(async (options: InitOptions, command: Command) => {
      await init(options, command);
    });
}

/** Where everything is to lie; `keepsConfig` where the configuration is there already and says it. */
interface InitPlaces {
  readonly file: string;
  readonly database: string;
  readonly keyFile: string;
  readonly keepsConfig: boolean;
}

function placesFor(given: InitOptions, command: Command): InitPlaces {
  const { config: path, database: named } = command.optsWithGlobals<GlobalOptions>();
  const { file } = configFile({ path, env: environment() });
  if (given.keepConfig === true) {
    const { database, keyFile } = findPlaces({ path: file, env: environment() });
    return { file, database, keyFile, keepsConfig: true };
  }
  const keyFile = keyFileOf(given) ?? resolve(dirname(file), DEFAULT_KEY_FILE);
  return { file, database: resolve(named ?? DEFAULT_DATABASE), keyFile, keepsConfig: false };
}

async function init(given: InitOptions, command: Command): Promise<void> {
  const { file, database, keyFile, keepsConfig } = placesFor(given, command);
  const existed = existsSync(database);
  if (given.force !== true) refuseExisting(keepsConfig ? [database] : [file, database]);
  const options = await withAnswers(given);
  if (options.admin !== undefined) await refuseAdministratorName(options.admin);
  const text = keepsConfig ? null : await configText(file, database, options);
  const owner = serviceOwner();
  prepareDirectory(database, owner);
  let outcome: FirstOutcome;
  let keyMade = false;
  try {
    outcome = await setUp(database, options);
    prepareParent(keyFile);
    keyMade = makeKeyFile(keyFile, owner);
    if (text !== null) writeConfig(file, text, owner);
  } catch (error) {
    // Nothing half made stays behind, and nothing that was there before goes.
    if (keyMade) rmSync(keyFile, { force: true });
    if (!existed) for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
    throw error;
  }
  if (options.json)
    return printJson({ config: file, database, keyFile, changed: outcome.changes.length, ...outcome });
  printLines([
    // The lists that come with the program, by their hash, are the audit's.
    ...outcome.changes.filter(({ subject }) => subject !== 'levels').map(changeLine),
    ...outcome.notices,
    `Configuration: ${file}`,
    `Database: ${database}`,
    `Key file: ${keyFile} (keep a copy, apart from the database: without it no PIN is right)`,
    ...administratorLines(options.admin, outcome.password),
    '',
    'Next: give Asterisk the account that the configuration names, as in config/asterisk/, then',
    '  callwarden dialplan > /etc/asterisk/callwarden.conf',
    'and the lines in extensions.conf that README.md shows; reload both, and',
    '  callwarden run',
    '  callwarden doctor',
  ]);
}

function administratorLines(name: string | undefined, password: string | null): readonly string[] {
  if (name === undefined || password === null) {
    return ['Console: `callwarden user add <name> --role administrator` lets the first administrator in'];
  }
  return [
    `Console: http://127.0.0.1:8880 once the daemon runs, unless [web] in the configuration names another address`,
    `The password of ${name} is ${password} (shown this once, and changed at the first sign-in)`,
  ];
}

/** Absolute, as a relative path in the configuration starts elsewhere than one on the command line. */
const keyFileOf = ({ keyFile }: InitOptions) => (keyFile === undefined ? undefined : resolve(keyFile));

async function refuseAdministratorName(name: string): Promise<void> {
  const { readAccountName } = await import('../admin/accounts.ts');
  readAccountName(name);
}

function refuseExisting(files: readonly string[]): void {
  const found = files.filter((file) => existsSync(file));
  if (found.length === 0) return;
  throw new AppError(
    'conflict',
    `${found.join(' and ')} ${found.length > 1 ? 'exist' : 'exists'} already. ` +
      'With --force the configuration is written anew (the old one is kept as .old) and the database keeps all but the settings given.',
  );
}

/** Asks for what nobody can guess, where somebody is there to answer. */
async function withAnswers(options: InitOptions): Promise<InitOptions> {
  if (options.homeRegion !== undefined) return options;
  if (!canAsk()) {
    throw new AppError('invalid', 'Name the country in which the PBX stands: --home-region MX.');
  }
  const [homeRegion = '', international = '', outside = '', administrator = ''] = await ask([
    'Country in which the PBX stands (ISO code, such as MX):',
    'International dialing codes (such as 00, several allowed, empty for the usual ones):',
    'Digits dialled for an outside line (empty for none):',
    'Account name of the first administrator of the web console (empty for none):',
  ]);
  const admin = options.admin ?? (administrator === '' ? undefined : administrator);
  const { internationalPrefix = [international], outsidePrefix = [outside] } = options;
  const answered = { ...options, homeRegion, internationalPrefix, outsidePrefix };
  return admin === undefined ? answered : { ...answered, admin };
}

/** The sample with the given values in it, checked as the daemon will check it. */
async function configText(file: string, database: string, options: InitOptions): Promise<string> {
  const { fillTemplate, readTemplate } = await import('../config/template.ts');
  const { checkConfig } = await import('../config/load.ts');
  const { ariPasswordFile, amiPasswordFile, amiPassword, amiPort } = options;
  const newPassword = () => randomBytes(PASSWORD_BYTES).toString('hex');
  const ariPassword = ariPasswordFile === undefined ? (options.ariPassword ?? newPassword()) : undefined;
  const withAmi = amiPassword !== undefined || amiPasswordFile !== undefined;
  const text = fillTemplate(readTemplate(), {
    pbx: { name: options.pbxName },
    ari: {
      url: options.ariUrl,
      username: options.ariUsername,
      password: ariPassword,
      'password-file': ariPasswordFile,
    },
    ami: {
      host: options.amiHost,
      port: amiPort === undefined ? undefined : Number(amiPort),
      username: options.amiUsername ?? (withAmi ? 'callwarden' : undefined),
      password: amiPassword,
      'password-file': amiPasswordFile,
    },
    database: { path: database === DEFAULT_DATABASE ? undefined : database },
    socket: { path: options.socket },
    security: { 'key-file': keyFileOf(options) },
  });
  // The sample holds a password line; a password file takes its place.
  const whole = ariPasswordFile === undefined ? text : text.replace(/^password = "change-me"$/m, '# $&');
  checkConfig(file, whole);
  return whole;
}

interface FirstOutcome extends ChangeOutcome {
  /** Of the first administrator; null for none. */
  readonly password: string | null;
}

/** Makes the database where there is none and sets what was given, in one change; then adds the administrator. */
async function setUp(database: string, options: InitOptions): Promise<FirstOutcome> {
  const { openStore } = await import('../store/open.ts');
  const { setUpPolicy } = await import('../admin/first-policy.ts');
  const { keepFirstNumbering } = await import('../admin/numbering.ts');
  const given: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['home-region', options.homeRegion === undefined ? undefined : [options.homeRegion]],
    ['international-prefixes', options.internationalPrefix],
    ['outside-prefixes', options.outsidePrefix],
    ['internal-patterns', options.internalPattern],
    ['protection', options.protection === undefined ? undefined : [options.protection]],
  ];
  const words = new Map(
    given.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
  using store = openStore(database, { create: true });
  const pbx = options.pbxName ?? hostname();
  const nowMs = Date.now();
  const context = { store, actor: cliActor(), pbx, nowMs };
  const outcome = setUpPolicy(context, words, options.level);
  keepFirstNumbering(store, nowMs);
  if (options.admin === undefined) return { ...outcome, password: null };
  const { addFirstAdministrator } = await import('../admin/first-administrator.ts');
  const added = await addFirstAdministrator(context, options.admin);
  return { ...outcome, changes: [...outcome.changes, ...added.changes], password: added.password };
}
