// A second administrator as a process of its own: changes one extension after the other, counts a wrong PIN and writes a
// record for each, and says which one is kept.
import { setExtensions } from '../../src/admin/extensions.ts';
import { noPinFailures } from '../../src/barring/pin-lockout.ts';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { openStore } from '../../src/store/open.ts';
import { notePinFailure } from '../../src/store/pin-uses.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { callRecord } from './call-record.ts';

const [path = '', first = '0', count = '0'] = process.argv.slice(2);

using store = openStore(path);
for (let n = 0; n < Number(count); n += 1) {
  const extension = String(Number(first) + n);
  const context = { store, actor: `cli:writer-${first}`, pbx: 'head-office', nowMs: Date.now() };
  const { policyVersion } = setExtensions(context, [extension], { right: 'on' });
  const caller = { who: `outside ${extension}`, steadyMs: n, known: noPinFailures };
  inWriteTransaction(store, () => notePinFailure(store, caller));
  writeCalls(store, [toCallRow(callRecord(extension))]);
  process.stdout.write(`${extension} ${policyVersion}\n`);
}
