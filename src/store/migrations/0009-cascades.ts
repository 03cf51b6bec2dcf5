// Migration 9: what goes with a person, a group or a pickup group is found by an index; each of thousands would read a whole
// table otherwise.

export const cascadeIndexes = `
CREATE INDEX pins_by_entry ON pins (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX rules_by_group ON rules (group_name) WHERE group_name IS NOT NULL;
CREATE INDEX pickup_group_groups_by_member ON pickup_group_groups (member);
`;
