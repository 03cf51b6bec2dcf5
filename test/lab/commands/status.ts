// `scripts/lab status`: which labs run on this machine.
import { runningLabs } from '../registry.ts';
import { describeLab, detachedLabs } from './running.ts';

/** One line a lab, and the whole description of those that were left running. */
export function showStatus({ json }: { readonly json?: boolean }): void {
  const labs = runningLabs();
  if (json === true) {
    process.stdout.write(`${JSON.stringify(labs, null, 2)}\n`);
    return;
  }
  for (const lab of detachedLabs()) process.stdout.write(`${describeLab(lab)}\n\n`);
  const inTests = labs.filter(({ detached }) => !detached).length;
  process.stdout.write(`${labs.length} running, ${inTests} of them inside tests\n`);
}
