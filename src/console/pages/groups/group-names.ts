// The names of all groups, for fields that choose among them.
import type { z } from 'zod';
import { useResource } from '../../api/use-resource.ts';
import type { listedForm } from '../../../http/api/routes/groups.ts';

export type ListedGroup = z.infer<typeof listedForm>;

/** Empty until they are read. */
export function useGroupNames(): readonly string[] {
  const { data } = useResource<{ readonly groups: readonly ListedGroup[] }>('/groups');
  return (data?.groups ?? []).map(({ name }) => name);
}
