// A second administrator as a process of its own: changes one extension after the other and says each one
// that is kept.
import { setExtensions } from '../../src/admin/extensions.ts';
import { openStore } from '../../src/store/open.ts';

const [path = '', first = '0', count = '0'] = process.argv.slice(2);

using store = openStore(path);
for (let n = 0; n < Number(count); n += 1) {
  const extension = String(Number(first) + n);
  const context = { store, actor: `cli:writer-${first}`, pbx: 'head-office', nowMs: Date.now() };
  const { policyVersion } = setExtensions(context, [extension], { right: 'on' });
  process.stdout.write(`${extension} ${policyVersion}\n`);
}
