// Which of our dialplans Asterisk has: the fingerprint in the one extension that is there to be read.
import { AppError } from '../../errors.ts';
import type { AmiConnection } from '../ami/connection.ts';
import { FINGERPRINT_EXTENSION } from './screening.ts';
import { CONTEXTS } from './variables.ts';

const DEADLINE_MS = 5000;
/** What AMI says of a context or an extension that does not exist (main/pbx.c, manager_show_dialplan). */
const NOT_THERE = 'Did not find';

/**
 * '' where Asterisk has none. Needs the class `reporting` (main/pbx.c).
 * @throws AppError `unavailable` when it cannot be read.
 */
export async function readInstalledFingerprint(ami: Pick<AmiConnection, 'list'>): Promise<string> {
  try {
    const fields = { context: CONTEXTS.screen, extension: FINGERPRINT_EXTENSION };
    const rows = await ami.list('ShowDialPlan', fields, DEADLINE_MS);
    return rows.find(({ extension }) => extension === FINGERPRINT_EXTENSION)?.['appdata'] ?? '';
  } catch (error) {
    if (error instanceof AppError && error.message.includes(NOT_THERE)) return '';
    throw error;
  }
}
