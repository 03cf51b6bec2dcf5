// `callwarden audit [verify]`: who changed what, and whether the chain of records is whole.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { AuditWitness } from '../admin/audit-witness.ts';
import { AppError } from '../errors.ts';
import type { AuditFilter, AuditHead, AuditRecord } from '../store/audit.ts';
import { changeLine } from './changes.ts';
import { openForReading, placesOf } from './context.ts';
import { EXIT } from './exit-status.ts';
import { isoTime, momentText, readLimit, readMoment } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface AuditOptions extends JsonOption {
  readonly actor?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly limit: string;
}

const columns: readonly Column<AuditRecord>[] = [
  { title: 'SEQ', cell: (row) => row.seq, right: true },
  { title: 'TIME', cell: (row) => momentText(row.atMs) },
  { title: 'ACTOR', cell: (row) => row.actor },
  { title: 'ACTION', cell: (row) => row.action },
  { title: 'CHANGE', cell: (row) => changeLine(row) },
];

export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('who changed what, newest first')
    .option('--actor <name>', 'such as cli:maria')
    .option('--subject <text>', 'such as "extension 1001" or home-region')
    .option('--since <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago)')
    .option('--limit <rows>', 'rows at most', '50')
    .option('--json', 'for programs')
    .action(async (options: AuditOptions, command: Command) => {
      await list(options, command);
    });

  audit
    .command('verify')
    .description('check the chain of all records and its signed head; exit status 1 where it is broken')
    .option('--head <seq:hash>', 'a record that the chain must hold, as the log has it')
    .option('--json', 'for programs')
    .action(async (_: VerifyOptions, command: Command) => {
      // The option also stands on `audit`, which takes it where both could.
      await verify(command.optsWithGlobals<VerifyOptions>(), command);
    });
}

async function list(options: AuditOptions, command: Command): Promise<void> {
  const { actor, subject, since } = options;
  const filter: AuditFilter = {
    ...(actor === undefined ? {} : { actor }),
    ...(subject === undefined ? {} : { subject }),
    ...(since === undefined ? {} : { sinceMs: readMoment(since, '--since', Date.now()) }),
    limit: readLimit(options.limit),
  };
  using store = await openForReading(command);
  const { readAudit } = await import('../store/audit.ts');
  const records = readAudit(store, filter);
  if (options.json) {
    const shown = records.map((record) => Object.assign({ at: isoTime(record.atMs) }, record));
    return printJson({ audit: shown, count: records.length });
  }
  const more = records.length === filter.limit ? ' (there may be more: --limit)' : '';
  printTable(columns, records, `${counted(records.length, 'record')}${more}`);
}

interface VerifyOptions extends JsonOption {
  readonly head?: string;
}

/** What the signed head says, and what of it can be believed. */
interface Witness {
  /** Signed or noted records that the chain must hold. */
  readonly heads: readonly AuditHead[];
  readonly signature: AuditWitness['signature'];
  readonly told: string;
}

async function verify(options: VerifyOptions, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { verifyAudit } = await import('../store/audit.ts');
  const { verifyPolicy } = await import('../store/policy.ts');
  const witness = await readWitness(store.path, placesOf(command).keyFile);
  const noted = options.head === undefined ? [] : [readHead(options.head)];
  const chain = verifyAudit(store, [...witness.heads, ...noted]);
  if (!chain.whole || witness.signature === 'bad') process.exitCode = EXIT.failed;
  const { signature } = witness;
  if (options.json) printJson({ ...chain, signature, signed: witness.heads[0] ?? null });
  else if (chain.whole) {
    printLines([`The chain of ${counted(chain.rows, 'record')} is whole.`, `Its head is ${chain.headHash}.`]);
  } else {
    printLines([`The chain is broken at record ${chain.brokenAtSeq}. ${chain.problem}`]);
  }
  if (!options.json) printLines([witness.told]);
  verifyPolicy(store);
}

/** `6:5d05…`, as the daemon logs them. */
function readHead(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new AppError(
    'invalid',
    '--head takes the number of a record and its hash, as the log has them: 6:5d05…',
  );
}

async function readWitness(database: string, keyFile: string): Promise<Witness> {
  const { auditHeadFile } = await import('../store/audit-head.ts');
  const { auditWitness } = await import('../admin/audit-witness.ts');
  const { readKeyFile } = await import('../config/key-file.ts');
  const file = auditHeadFile(database);
  const { signed, signature, problem } = auditWitness(database, () => readKeyFile(keyFile));
  if (signed === null) {
    const told = `No head was signed yet (${file} is not there), so a tail that was cut off with care does not show.`;
    return { heads: [], signature, told };
  }
  const about = `Record ${signed.seq} was signed ${momentText(signed.atMs)}`;
  const told = {
    good: `${about}, and the signature is right.`,
    bad: `The signature in ${file} is not that of ${keyFile}: somebody altered it, or the key is another.`,
    unchecked: `${about}; the signature was not checked. ${problem}`,
    none: '',
  };
  return { heads: [signed], signature, told: told[signature] };
}
