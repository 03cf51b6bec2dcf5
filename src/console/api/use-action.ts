// `useAction(save)`: something that is done at the press of a button, with its state: busy, and what went wrong.
import { useRef, useState } from 'preact/hooks';
import { asProblem, type ApiProblem } from './problem.ts';

export interface Action<Args extends readonly unknown[]> {
  /** Resolves with true when it is done, with false where it failed; a second press while it runs does nothing. */
  readonly run: (...args: Args) => Promise<boolean>;
  readonly busy: boolean;
  readonly problem: ApiProblem | null;
  /** Forgets the problem. */
  readonly clear: () => void;
}

export function useAction<Args extends readonly unknown[]>(
  doIt: (...args: Args) => Promise<unknown>,
): Action<Args> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const running = useRef(false);
  const run = async (...args: Args) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await doIt(...args);
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, problem, clear: () => setProblem(null) };
}
