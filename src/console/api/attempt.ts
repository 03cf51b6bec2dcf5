// `attempt(() => api.delete(…))`: a change outside of a form; what it did, or why not, is told at the edge of the page.
import { toast, toastOutcome } from '../components/toast.tsx';
import { asProblem } from './problem.ts';

/** True where it was done. */
export async function attempt(
  doIt: () => Promise<{ readonly changes: readonly unknown[]; readonly notices: readonly string[] }>,
): Promise<boolean> {
  try {
    toastOutcome(await doIt());
    return true;
  } catch (error) {
    toast(asProblem(error).message, 'bad');
    return false;
  }
}
