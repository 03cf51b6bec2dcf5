// `useResource('/settings')`: what the API shows at a path, with its state; read again when the path changes or on `reload`.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, apiAddress, type AskOptions } from './client.ts';
import { asProblem, type ApiProblem } from './problem.ts';

export interface Resource<Answer> {
  /** The last answer; it stays while a newer one is on its way, and when that fails. */
  readonly data: Answer | null;
  readonly problem: ApiProblem | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** A path of null asks for nothing yet. */
export function useResource<Answer>(
  path: string | null,
  query?: AskOptions['query'],
  everyMs?: number,
): Resource<Answer> {
  const [turn, setTurn] = useState(0);
  const address = path === null ? null : apiAddress(path, query);
  const [state, setState] = useState<{
    readonly address: string | null;
    readonly data: Answer | null;
    readonly problem: ApiProblem | null;
    readonly loading: boolean;
  }>({ address: null, data: null, problem: null, loading: true });
  const asked = useRef({ path, query });
  asked.current = { path, query };

  useEffect(() => {
    const { path: wanted, query: search } = asked.current;
    if (wanted === null) return undefined;
    const ending = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    const options = { signal: ending.signal, ...(search === undefined ? {} : { query: search }) };
    api.get<Answer>(wanted, options).then(
      (data) => setState({ address, data, problem: null, loading: false }),
      (error: unknown) => {
        if (ending.signal.aborted) return;
        setState((before) => ({ ...before, address, problem: asProblem(error), loading: false }));
      },
    );
    return () => ending.abort();
  }, [address, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  return { data: state.data, problem: state.problem, loading: state.loading, reload };
}
