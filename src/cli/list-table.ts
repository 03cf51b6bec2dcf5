// How the people of authorised-number lists stand in tables.
import type { ShownPerson } from '../admin/authorised-reports.ts';
import { momentText } from './moment.ts';
import type { Column } from './table.ts';

const timeOf = (iso: string | null) => (iso === null ? null : momentText(Date.parse(iso)));

/** Of one list. */
export const personColumns: readonly Column<ShownPerson>[] = [
  { title: 'FIRST NAME', cell: (person) => person.firstName },
  { title: 'LAST NAME', cell: (person) => person.lastName },
  { title: 'NUMBER', cell: (person) => person.number },
  { title: 'STATE', cell: (person) => person.state },
  { title: 'FROM', cell: (person) => timeOf(person.from) },
  { title: 'UNTIL', cell: (person) => timeOf(person.until) },
  { title: 'USES', cell: (person) => person.uses, right: true },
  { title: 'LAST USED', cell: (person) => timeOf(person.lastUsed) },
];

/** Of several lists. */
export const listedPersonColumns: readonly Column<ShownPerson>[] = [
  { title: 'LIST', cell: (person) => person.list },
  ...personColumns,
];
