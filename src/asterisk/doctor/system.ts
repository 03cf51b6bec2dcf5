// What Asterisk's version, modules and own configuration files must be for the routine to hold.
import { isYes, valueIn, type Conf, type ReadConf } from './conf-file.ts';
import { failure, ok, warning, type Finding } from './finding.ts';

/** What is known of a file: its sections, or why it could not be read. */
export type ConfFile = ReadConf | { readonly problem: string };

export interface SystemFacts {
  readonly version: string | null;
  /** Names without `.so` of the modules that run; null where they could not be read. */
  readonly modules: readonly string[] | null;
  readonly door: 'stasis' | 'broadcast' | 'agi';
  readonly files: ReadonlyMap<ConfName, ConfFile>;
  readonly ariUser: string;
}

export const CONF_NAMES = [
  'asterisk.conf',
  'http.conf',
  'ari.conf',
  'manager.conf',
  'features.conf',
  'logger.conf',
] as const;
type ConfName = (typeof CONF_NAMES)[number];

/** The files of which a section that stands twice does not count as one. */
const FIRST_ALONE: ReadonlySet<ConfName> = new Set(['http.conf', 'ari.conf', 'manager.conf']);

/** The routine does not work without them. */
const NEEDED: Readonly<Record<string, string>> = {
  app_stack: 'Gosub and Return',
  app_dial: 'Dial',
  app_playback: 'announcements',
  func_strings: 'LEN and FILTER, which keep out what is no number',
  func_logic: 'IF',
  func_rand: 'RAND, which draws the nonce',
  func_timeout: 'TIMEOUT, the deadline',
  func_uri: 'URIENCODE',
  func_channel: 'CHANNEL',
  func_callerid: 'CALLERID',
};
const OF_STASIS: Readonly<Record<string, string>> = {
  app_stasis: 'Stasis, the way to the daemon',
  res_stasis: 'Stasis',
  res_stasis_answer: 'answering before a PIN is asked for',
  res_stasis_playback: 'the prompt for a PIN',
  res_ari_channels: 'verdicts',
  res_ari_playbacks: 'the prompt for a PIN',
  res_ari_events: 'events',
  res_ari_applications: 'event filters',
  res_ari_asterisk: 'the heartbeat',
};
const OF_DOORS = {
  stasis: OF_STASIS,
  broadcast: { ...OF_STASIS, app_exec: 'TryExec, with which the routine asks several daemons' },
  agi: { res_agi: 'AGI, the way to the daemon' },
} as const;

export function examineSystem(facts: SystemFacts): readonly Finding[] {
  return [
    ...versionFindings(facts.version),
    ...moduleFindings(facts),
    ...fileFindings(facts, 'asterisk.conf', asteriskConf),
    ...fileFindings(facts, 'http.conf', httpConf),
    ...fileFindings(facts, 'ari.conf', (conf) => ariConf(conf, facts.ariUser)),
    ...fileFindings(facts, 'manager.conf', managerConf),
    ...fileFindings(facts, 'features.conf', featuresConf),
    ...fileFindings(facts, 'logger.conf', loggerConf),
  ];
}

function versionFindings(version: string | null): readonly Finding[] {
  if (version === null) return [];
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  const [first, second, third] = [Number(major), Number(minor), Number(patch)];
  const upgrade = 'Take the newest release of a branch that is maintained.';
  if (first === 0) {
    return [warning('asterisk-version', `Asterisk calls itself ${version}, which is no release.`, upgrade)];
  }
  const isSlow =
    first < 18 ||
    (first === 18 && second < 21) ||
    (first === 20 && second < 6) ||
    (first === 21 && second < 1);
  const slow = isSlow ? ' It takes commands for a channel every 200 ms only, so verdicts are late.' : '';
  const isOld = first < 22 || (first === 22 && (second < 10 || (second === 10 && third < 1)));
  if (!isOld) return [ok('asterisk-version', `Asterisk ${version}.`)];
  const text = `Asterisk ${version} may lack the security fixes that 22.10.1 and its sisters brought.${slow}`;
  return [warning('asterisk-version', text, upgrade)];
}

function moduleFindings({ modules, door }: SystemFacts): readonly Finding[] {
  if (modules === null) return [];
  const running = new Set(modules);
  const load = (name: string) => `asterisk -rx 'module load ${name}.so', and a load line in modules.conf`;
  const missing = Object.entries({ ...NEEDED, ...OF_DOORS[door] })
    .filter(([name]) => !running.has(name))
    .map(([name, what]) => failure('module-missing', `${name} is not loaded: ${what}.`, load(name)));
  const limits = running.has('bridge_builtin_interval_features')
    ? []
    : [
        failure(
          'limit-module-missing',
          'bridge_builtin_interval_features is not loaded: a call with a limit is cut at once.',
          load('bridge_builtin_interval_features'),
        ),
      ];
  const pickup = running.has('app_directed_pickup')
    ? []
    : [
        warning(
          'pickup-module-missing',
          'app_directed_pickup is not loaded: nobody takes calls.',
          load('app_directed_pickup'),
        ),
      ];
  const found = [...missing, ...limits, ...pickup];
  return found.length > 0 ? found : [ok('modules', 'Every module that the routine needs is loaded.')];
}

function fileFindings(
  { files }: SystemFacts,
  name: ConfName,
  examine: (conf: Conf) => readonly Finding[],
): readonly Finding[] {
  const file = files.get(name) ?? { problem: 'it was not looked for' };
  if ('problem' in file) {
    const remedy =
      'Run the doctor on the host of Asterisk as root, with --asterisk-etc where it lies elsewhere.';
    return [warning('unread-file', `${name} was not examined: ${file.problem}.`, remedy)];
  }
  const found = [...repeatedFindings(file, name), ...examine(file.conf)];
  const rest = file.includes
    ? [
        warning(
          'partly-read-file',
          `${name} includes other files, which were not examined.`,
          'Look there by hand.',
        ),
      ]
    : [];
  return [...(found.length > 0 ? found : [ok('file', `${name} is as it should be.`)]), ...rest];
}

/** `ast_variable_browse` finds the first section of a name alone; sorcery refuses a file with the same object twice. */
function repeatedFindings({ repeated }: ReadConf, name: ConfName): readonly Finding[] {
  const found = FIRST_ALONE.has(name) ? [...repeated] : [];
  return found.map((section) => {
    const text = `${name} has [${section}] twice: Asterisk takes the first alone, or nothing of the file.`;
    const remedy = `Put all lines under the first, or name the later one [${section}](+); then asterisk -rx 'module reload'.`;
    return failure('section-twice', text, remedy);
  });
}

function asteriskConf(conf: Conf): readonly Finding[] {
  if (!isYes(valueIn(conf, 'options', 'live_dangerously'))) return [];
  const text = 'live_dangerously is on: AMI and ARI may run functions that read files and start programs.';
  return [
    failure('live-dangerously', text, 'Set live_dangerously = no in asterisk.conf and restart Asterisk.'),
  ];
}

const isHere = (address: string | undefined) =>
  address !== undefined && /^(?:127\.|::1$|\[::1\]|localhost$)/.test(address);

function httpConf(conf: Conf): readonly Finding[] {
  const address = valueIn(conf, 'general', 'bindaddr');
  const sessions = Number(valueIn(conf, 'general', 'sessionlimit') ?? 100);
  const found: Finding[] = [];
  if (!isYes(valueIn(conf, 'general', 'enabled'))) {
    found.push(
      failure(
        'http-off',
        'The HTTP server of Asterisk is off: there is no ARI.',
        'Set enabled = yes in http.conf.',
      ),
    );
  }
  if (!isHere(address)) {
    const text = `ARI listens on ${address ?? 'every address'}: whoever reaches it may try its password, and fill its sessions.`;
    found.push(failure('ari-public', text, 'Set bindaddr = 127.0.0.1 in http.conf.'));
  }
  if (sessions < 500) {
    const text = `sessionlimit is ${sessions}: as many idle connections of anybody lock ARI out for half a minute.`;
    found.push(warning('http-sessions', text, 'Set sessionlimit = 1000 in http.conf.'));
  }
  return found;
}

function ariConf(conf: Conf, user: string): readonly Finding[] {
  const found: Finding[] = [];
  const timeoutMs = Number(valueIn(conf, 'general', 'websocket_write_timeout') ?? 100);
  if (timeoutMs < 1000) {
    const text = `websocket_write_timeout is ${timeoutMs} ms: a daemon that is busy for so long goes deaf.`;
    found.push(warning('ari-write-timeout', text, 'Set websocket_write_timeout = 1000 in ari.conf.'));
  }
  if (!conf.has(user)) {
    found.push(warning('ari-user', `ari.conf has no section [${user}].`, 'See config/asterisk/ari.conf.'));
  } else if (isYes(valueIn(conf, user, 'read_only'))) {
    const text = `The ARI user ${user} is read_only: no verdict can be said.`;
    found.push(failure('ari-read-only', text, `Set read_only = no under [${user}] in ari.conf.`));
  }
  return found;
}

function managerConf(conf: Conf): readonly Finding[] {
  if (!isYes(valueIn(conf, 'general', 'enabled'))) return [];
  const address = valueIn(conf, 'general', 'bindaddr');
  if (isHere(address)) return [];
  const text = `AMI listens on ${address ?? 'every address'}: its lines can be read and its passwords tried.`;
  return [failure('ami-public', text, 'Set bindaddr = 127.0.0.1 in manager.conf.')];
}

function featuresConf(conf: Conf): readonly Finding[] {
  // Without the line Asterisk takes *8 (main/features_config.c).
  const code = valueIn(conf, 'general', 'pickupexten') ?? '*8';
  if (code === '') return [];
  const text = `Asterisk takes ${code} for its own pickup before any dialplan is asked, and asks no right.`;
  return [warning('pickup-code', text, 'Set "pickupexten =" under [general] in features.conf.')];
}

function loggerConf(conf: Conf): readonly Finding[] {
  const channels = [...(conf.get('logfiles') ?? [])];
  const told = channels.filter(([, values]) => values.some((value) => /\bdtmf\b|\*/i.test(value)));
  return told.map(([name]) =>
    failure(
      'dtmf-log',
      `The log ${name} keeps the digits that callers enter: PINs stand in it.`,
      `Take dtmf out of the line of ${name} in logger.conf, then asterisk -rx 'logger reload'.`,
    ),
  );
}
