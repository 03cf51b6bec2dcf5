// The second step of configuration, pure: raw tables in, a whole Config out, or all that is wrong with them.
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Config } from './config.ts';
import { readMail, readWebhooks } from './notify.ts';
import type { RawConfig } from './read.ts';
import { sectionNames, sections, type SectionName } from './schema.ts';
import { readWeb } from './web.ts';

/** Throws one `AppError('invalid')` whose details are sentences, one a problem, each with its key. */
export function validateConfig(raw: RawConfig): Config {
  const problems = unknownSections(raw);
  const section = <Form extends z.ZodObject>(name: SectionName, form: Form) =>
    readSection(raw, name, form, problems);
  const parts = {
    pbx: section('pbx', sections.pbx),
    ari: section('ari', sections.ari),
    ami: section('ami', sections.ami),
    agi: section('agi', sections.agi),
    dialplan: section('dialplan', sections.dialplan),
    database: section('database', sections.database),
    socket: section('socket', sections.socket),
    security: section('security', sections.security),
    deadlines: section('deadlines', sections.deadlines),
    log: section('log', sections.log),
    records: section('records', sections.records),
    web: section('web', sections.web),
    mail: section('mail', sections.mail),
    messages: section('messages', sections.messages),
  };
  const { pbx, ari, ami, agi, dialplan, database, socket, security, deadlines, log, records, messages } =
    parts;
  const ariLogin = readLogin(raw, 'ari', problems);
  const amiWanted = wantsAmi(raw);
  const amiLogin = amiWanted ? readLogin(raw, 'ami', problems) : { username: '', password: '' };
  if (deadlines && deadlines['command-ms'] > deadlines['decision-ms']) {
    problems.push(
      '[deadlines] command-ms must not be longer than decision-ms, or no decision could wait for it.',
    );
  }
  if (ari) problems.push(...wrongPeers(ari));
  const webhooks = readWebhooks(raw, problems);
  const mail = parts.mail ? readMail(raw, parts.mail, problems) : null;
  const web = parts.web ? readWeb(raw, parts.web, problems) : null;
  if (dialplan?.door === 'agi' && agi?.enabled === false) {
    problems.push(
      '[agi] enabled must not be false where [dialplan] door is "agi", or no call would get a verdict.',
    );
  }
  const whole =
    pbx &&
    ari &&
    ami &&
    agi &&
    dialplan &&
    database &&
    socket &&
    security &&
    deadlines &&
    log &&
    records &&
    web &&
    messages &&
    ariLogin &&
    amiLogin;
  if (problems.length > 0 || !whole) throw refusal(raw.file, problems);
  return {
    file: raw.file,
    pbx: { name: pbx.name ?? raw.hostname },
    ari: {
      url: ari.url,
      application: ari.application,
      transport: ari.transport,
      peers: ari.peers,
      ...ariLogin,
    },
    ami: { enabled: amiWanted, host: ami.host, port: ami.port, ...amiLogin },
    agi: { ...agi, enabled: agi.enabled ?? dialplan.door === 'agi' },
    dialplan,
    database,
    socket,
    security: { keyFile: resolve(dirname(raw.file), security['key-file']) },
    deadlines: {
      decisionMs: deadlines['decision-ms'],
      commandMs: deadlines['command-ms'],
      connectMs: deadlines['connect-ms'],
    },
    log,
    records: { keepDays: records['keep-days'], keepMax: records['keep-max'] },
    web,
    webhooks,
    mail,
    messages,
  };
}

/** Asterisk drops a pattern of more than 256 bytes and offers the call to everybody (res_stasis_broadcast.c). */
const PEER_NAMES_LENGTH_MAX = 240;

function wrongPeers({ application, peers }: { application: string; peers: readonly string[] }): string[] {
  const names = [application, ...peers];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return [
    ...(twice === undefined
      ? []
      : [
          `[ari] peers names ${twice} twice: it lists the applications of the other daemons, not this one's.`,
        ]),
    ...(names.join('|').length <= PEER_NAMES_LENGTH_MAX
      ? []
      : [`[ari] application and peers must have at most ${PEER_NAMES_LENGTH_MAX} characters together.`]),
  ];
}

function refusal(file: string, problems: readonly string[]): AppError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new AppError('invalid', `The configuration ${file} has ${count}. Correct it and start again.`, {
    details: problems,
  });
}

const didYouMean = (unknown: string, known: readonly string[], show = (key: string) => key) => {
  const near = nearestWord(unknown, known);
  return near === null ? `Known are ${known.map(show).join(', ')}.` : `Did you mean ${show(near)}?`;
};

function unknownSections({ table }: RawConfig): string[] {
  return Object.keys(table)
    .filter((name) => !sectionNames.includes(name))
    .map(
      (name) =>
        `[${name}] is no section of this file. ${didYouMean(name, sectionNames, (known) => `[${known}]`)}`,
    );
}

/** Null where the section is wrong; the problems then say how. */
function readSection<Form extends z.ZodObject>(
  raw: RawConfig,
  name: SectionName,
  form: Form,
  problems: string[],
): z.infer<Form> | null {
  const result = form.safeParse(raw.table[name] ?? {});
  if (result.success) return result.data;
  const known = Object.keys(form.shape);
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      problems.push(...issue.keys.map((key) => `[${name}] ${key} is unknown. ${didYouMean(key, known)}`));
    } else if (issue.path.length === 0) {
      problems.push(`${name} must be a section: write [${name}] on a line of its own, its keys below.`);
    } else {
      problems.push(`[${name}] ${issue.path.join('.')} ${issue.message}.`);
    }
  }
  return null;
}

interface Login {
  readonly username: string;
  readonly password: string;
}

/** Whoever names an account wants it used, unless he says no. */
function wantsAmi(raw: RawConfig): boolean {
  const { enabled, username } = keysOf(raw, 'ami');
  return enabled === undefined ? username !== undefined : enabled === true;
}

function keysOf({ table }: RawConfig, name: SectionName): Readonly<Record<string, unknown>> {
  const section = table[name];
  if (typeof section !== 'object' || Array.isArray(section)) return {};
  return Object.fromEntries(Object.entries(section));
}

/** Looks at the raw keys, so that a wrong key elsewhere in the section does not hide what is wrong here. */
function readLogin(raw: RawConfig, name: 'ari' | 'ami', problems: string[]): Login | null {
  const { username, password, 'password-file': file } = keysOf(raw, name);
  const before = problems.length;
  if (username === undefined) {
    problems.push(`[${name}] username is missing: it must be the name of a user that Asterisk knows.`);
  }
  if (password !== undefined && file !== undefined) {
    problems.push(`[${name}] has both password and password-file. Keep one of them.`);
  }
  if (password === undefined && file === undefined) {
    problems.push(`[${name}] password is missing: set it, or name a file that holds it in password-file.`);
  }
  const found = typeof file === 'string' ? raw.secrets.get(file) : undefined;
  if (found && 'problem' in found) problems.push(`[${name}] password-file cannot be used: ${found.problem}.`);
  const secret = password ?? (found && 'secret' in found ? found.secret : undefined);
  if (problems.length > before || typeof username !== 'string' || typeof secret !== 'string') return null;
  return { username: username.trim(), password: secret };
}
