// Spanish words of the page “Schedules”.
import type { SameWords } from '../../i18n/words.ts';
import type { schedules as english } from '../en/schedules.ts';

export const schedules: SameWords<typeof english> = {
  title: 'Horarios',
  lead: 'Cuándo están abiertas las llamadas con coste. La organización, los grupos y los usuarios siguen uno.',
  add: 'Añadir un horario',
  edit: 'Editar',
  editTitle: 'Horario {name}',
  remove: 'Quitar',
  removeTitle: '¿Quitar el horario {name}?',
  name: 'Nombre',
  nameHint: 'Como oficina: letras, dígitos y guiones.',
  now: 'Ahora',
  isOpen: 'Abierto',
  isClosed: 'Cerrado',
  until: 'hasta {when}',
  open: 'Apertura',
  window: 'Franja {number}',
  addWindow: 'Añadir una franja',
  from: 'De',
  to: 'A',
  timeZone: 'Zona horaria',
  holidays: 'Días cerrados',
  holidaysHint: '2026-12-25, o 12-25 para cada año; Intro tras cada uno.',
  users: 'Lo usan',
  unused: 'Nadie todavía',
  none: 'Aún no hay horarios',
  noneText: 'Sin horario, las llamadas están abiertas a cualquier hora.',
};
