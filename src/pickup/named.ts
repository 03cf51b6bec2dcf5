// The extensions that the pickup policy names: with those of barring the phones of the house, whatever the numbering plan says.
import type { PickupPolicyData } from './call.ts';

/** Members of groups, and whoever has a right, is named in one, is protected or named in a protection; some of them twice. */
export function extensionsNamedIn({
  groups,
  rights,
  protections,
  anyRight,
}: Pick<PickupPolicyData, 'groups' | 'rights' | 'protections' | 'anyRight'>): readonly string[] {
  const parties = [
    ...rights.flatMap(({ picker, target }) => [picker, target]),
    ...protections.flatMap(({ allowed }) => allowed),
  ];
  return [
    ...groups.flatMap(({ members }) => members.map(({ extension }) => extension)),
    ...parties.flatMap((party) => (party.kind === 'extension' ? [party.name] : [])),
    ...protections.flatMap(({ kind, value }) => (kind === 'extension' ? [value] : [])),
    ...anyRight,
  ];
}
