// What the running daemon knows of its database and its key file though nobody uses them, and the signing of the audit.
import type { Config } from '../config/config.ts';
import { readKeyFile } from '../config/key-file.ts';
import type { Logger } from '../config/logger.ts';
import type { DaemonPins } from './pins.ts';
import { messageOf } from '../errors.ts';
import { auditHeadFile, isSignedWith, signHead, writeSignedHead } from '../store/audit-head.ts';
import type { CheckedDatabase } from '../store/recorder-messages.ts';

export interface DaemonHealth {
  /** The writer's thread has looked at the database. Never throws. */
  onChecked(found: CheckedDatabase): void;
  /** What is wrong now, each a sentence that says what to do. */
  problems(): readonly string[];
}

export interface DaemonHealthOptions {
  readonly config: Pick<Config, 'database' | 'security'>;
  readonly logger: Logger;
  readonly pins: Pick<DaemonPins, 'lookAtKey' | 'problem'>;
  readonly nowMs: () => number;
}

type Audit = NonNullable<CheckedDatabase['audit']>;

export function createDaemonHealth({ config, logger, pins, nowMs }: DaemonHealthOptions): DaemonHealth {
  const database = config.database.path;
  let ofDatabase = '';
  let ofAudit = '';
  let signing = Promise.resolve();

  /** Signs what has come since; never what has lost a record that was signed: that is for people to look at. */
  const sign = async ({ head, signed, holdsSigned }: Audit): Promise<string> => {
    const file = auditHeadFile(database);
    if (!holdsSigned && signed) {
      return (
        `The audit chain no longer holds record ${signed.seq}, which was signed ${new Date(signed.atMs).toISOString()}. ` +
        `See \`callwarden audit verify\`; when all is understood, move ${file} away.`
      );
    }
    const key = readKeyFile(config.security.keyFile);
    if (signed && !isSignedWith(key, signed)) {
      return `The audit head in ${file} was not signed with ${config.security.keyFile}. See \`callwarden audit verify\`.`;
    }
    if (signed ? head.seq <= signed.seq : head.seq === 0) return '';
    const fresh = signHead(key, head, nowMs());
    await writeSignedHead(database, fresh);
    // A log that leaves this machine keeps what nobody here can take back.
    logger.info('audit-head', { seq: fresh.seq, hash: fresh.hash, signature: fresh.signature });
    return '';
  };

  const told = (before: string, now: string) => {
    if (now !== before && now !== '') logger.error('health', { problem: now });
    if (now === '' && before !== '') logger.info('health', { recovered: before });
    return now;
  };

  const onAudit = async (audit: Audit) => {
    try {
      ofAudit = told(ofAudit, await sign(audit));
    } catch (error) {
      ofAudit = told(ofAudit, `The audit head cannot be signed: ${messageOf(error)}`);
    }
  };

  return {
    onChecked({ problem, audit }) {
      ofDatabase = told(ofDatabase, problem);
      pins.lookAtKey();
      // One after the other, as an older head must not take a newer one's place.
      if (audit) signing = signing.then(() => onAudit(audit));
    },
    // A key file that is gone is told once.
    problems: () => [ofDatabase, pins.problem() === '' ? ofAudit : ''].filter((problem) => problem !== ''),
  };
}
