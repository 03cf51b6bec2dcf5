// What `callwarden doctor` says of the console and the API: who can reach them, by which certificate, and whether anybody may sign in.
import { statSync } from 'node:fs';
import { counted } from '../counted.ts';
import { listAccounts } from '../admin/accounts.ts';
import { ok, warning, type Finding } from '../asterisk/doctor/finding.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/web.ts';
import { AppError } from '../errors.ts';
import { endOf, readCertificate } from '../http/certificate.ts';
import type { Store } from '../store/open.ts';

const BY_OTHERS = 0o007;
const DAY_MS = 86_400_000;

/** From the configuration and the files that it names. */
export function examineWeb({ web }: Pick<Config, 'web'>, nowMs: number): readonly Finding[] {
  if (!web.enabled) return [ok('web', 'The console and the API are off.')];
  const where = `${web.host}:${web.port}`;
  if (web.tls) return certificateFindings(web.tls, where, nowMs);
  if (isLoopback(web.host)) return [ok('web', `The console listens on ${where}, for this machine alone.`)];
  const text = `The console listens on ${where} without TLS: passwords cross the network readable.`;
  return [
    warning('web-insecure', text, 'Set [web] certificate and key, then remove insecure (docs/web.md).'),
  ];
}

function certificateFindings(
  tls: NonNullable<Config['web']['tls']>,
  where: string,
  nowMs: number,
): readonly Finding[] {
  try {
    const { validToMs } = readCertificate(tls);
    const days = Math.floor((validToMs - nowMs) / DAY_MS);
    const end = endOf(tls, validToMs, nowMs);
    const open =
      (statSync(tls.key).mode & BY_OTHERS) === 0
        ? []
        : [warning('web-key', `Other users can read ${tls.key}.`, `chmod 640 ${tls.key}`)];
    if (end === '')
      return [
        ok('web', `The console listens on ${where}; its certificate has ${counted(days, 'day')} left.`),
        ...open,
      ];
    return [warning('web-certificate', `[web] ${end}`, 'Renew it; the daemon reads it by itself.'), ...open];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [warning('web-certificate', error.message, '')];
  }
}

/** Whether there is anybody who could sign in. */
export function examineAccounts({ web }: Pick<Config, 'web'>, store: Store): readonly Finding[] {
  if (!web.enabled || listAccounts(store).some(({ enabled }) => enabled)) return [];
  const text = 'Nobody can sign in to the console: there is no account.';
  return [warning('web-accounts', text, 'callwarden user add <name> --role administrator')];
}
