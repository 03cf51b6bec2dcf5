// `scripts/lab down`: ends the labs that were left running, and sees that nothing of them stays.
import { endProcess } from '../processes.ts';
import { runningLabs, sweepDeadLabs } from '../registry.ts';
import type { WhichLab } from './running.ts';

const politeMs = 5000;

/** Ends one lab, or all that were left running; labs inside tests are not touched. */
export async function bringDown({ lab }: WhichLab): Promise<void> {
  const labs = runningLabs().filter((entry) => entry.detached && (lab === undefined || entry.id === lab));
  for (const { id, owner } of labs) {
    if (!(await endProcess(owner, 'SIGTERM', politeMs))) await endProcess(owner, 'SIGKILL', politeMs);
    process.stdout.write(`Lab ${id} has ended.\n`);
  }
  await sweepDeadLabs();
  if (labs.length === 0) process.stdout.write('No lab was running.\n');
}
