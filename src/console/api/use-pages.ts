// `usePages('/calls', query)`: a long list page by page, by the cursors of the API; for `Table`'s `paging`.
import { useEffect, useState } from 'preact/hooks';
import type { AskOptions } from './client.ts';
import { useResource, type Resource } from './use-resource.ts';

interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface Paging {
  /** From 1. */
  readonly number: number;
  readonly previous: (() => void) | null;
  readonly next: (() => void) | null;
}

export interface Pages<Row> extends Omit<Resource<PageOf<Row>>, 'data'> {
  /** Null until the first page is there. */
  readonly rows: readonly Row[] | null;
  readonly paging: Paging;
}

/** Another path or query begins at the first page again. */
export function usePages<Row>(path: string, query: AskOptions['query'] = {}): Pages<Row> {
  const key = path + JSON.stringify(query);
  const [at, setAt] = useState<{ readonly key: string; readonly cursors: readonly string[] }>({
    key,
    cursors: [],
  });
  const cursors = at.key === key ? at.cursors : [];
  useEffect(() => {
    if (at.key !== key) setAt({ key, cursors: [] });
  }, [key]);
  const { data, problem, loading, reload } = useResource<PageOf<Row>>(path, {
    ...query,
    cursor: cursors.at(-1),
  });
  const next = data?.next ?? null;
  return {
    rows: data?.rows ?? null,
    problem,
    loading,
    reload,
    paging: {
      number: cursors.length + 1,
      previous: cursors.length === 0 ? null : () => setAt({ key, cursors: cursors.slice(0, -1) }),
      next: next === null ? null : () => setAt({ key, cursors: [...cursors, next] }),
    },
  };
}
