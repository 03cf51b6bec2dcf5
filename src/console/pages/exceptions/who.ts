// Whose exceptions they are, and how many.
import type { AskOptions } from '../../api/client.ts';
import { useResource } from '../../api/use-resource.ts';
import type { ListedException } from '../../../http/api/routes/exceptions.ts';

/** `1001 · Ana`. */
export const whoOf = ({ extension, name }: Pick<ListedException, 'extension' | 'name'>): string =>
  name === '' ? extension : `${extension} · ${name}`;

/** Of all pages. */
export function useExceptionCount(query: NonNullable<AskOptions['query']>): number {
  return useResource<{ readonly count: number }>('/exceptions', { ...query, limit: 1 }).data?.count ?? 0;
}
