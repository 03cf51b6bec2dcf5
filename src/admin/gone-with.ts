// What goes with an extension or a group that is taken away: told, so that nothing vanishes in silence.

const nouns = {
  rules: ['rule', 'rules'],
  exceptions: ['exception', 'exceptions'],
  limits: ['limit', 'limits'],
  groups: ['place in a group', 'places in groups'],
  pickupGroups: ['place in a pickup group', 'places in pickup groups'],
  lists: ['attachment to a list', 'attachments to lists'],
  pickupRights: ['pickup right', 'pickup rights'],
  pickupProtections: ['word in a pickup protection', 'words in pickup protections'],
} as const;

type TieKind = keyof typeof nouns;
const kinds: readonly TieKind[] = [
  'rules',
  'exceptions',
  'limits',
  'groups',
  'pickupGroups',
  'lists',
  'pickupRights',
  'pickupProtections',
] as const;

/** What stood under the name of one thing that goes, by kind: names or ids. */
export type Ties = Partial<Readonly<Record<TieKind, readonly (string | number)[]>>>;

/** One sentence about all that goes along, or none. */
export function goneNotices(ties: readonly Ties[]): readonly string[] {
  const told = kinds.flatMap((kind) => {
    const count = ties.reduce((sum, each) => sum + (each[kind]?.length ?? 0), 0);
    const [one, many] = nouns[kind];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const last = told.pop();
  if (last === undefined) return [];
  const all = told.length === 0 ? last : `${told.join(', ')} and ${last}`;
  return [`With ${ties.length === 1 ? 'it' : 'them'} went ${all}.`];
}
