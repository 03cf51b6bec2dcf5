// French words of the page “Schedules”.
import type { SameWords } from '../../i18n/words.ts';
import type { schedules as english } from '../en/schedules.ts';

export const schedules: SameWords<typeof english> = {
  title: 'Horaires',
  lead: 'Quand les appels payants sont ouverts. L’organisation, les groupes et les utilisateurs en suivent un.',
  add: 'Ajouter un horaire',
  edit: 'Modifier',
  editTitle: 'Horaire {name}',
  remove: 'Supprimer',
  removeTitle: 'Supprimer l’horaire {name} ?',
  name: 'Nom',
  nameHint: 'Comme bureau : lettres, chiffres et tirets.',
  now: 'Maintenant',
  isOpen: 'Ouvert',
  isClosed: 'Fermé',
  until: 'jusqu’au {when}',
  open: 'Ouverture',
  window: 'Plage {number}',
  addWindow: 'Ajouter une plage',
  from: 'De',
  to: 'À',
  timeZone: 'Fuseau horaire',
  holidays: 'Jours fermés',
  holidaysHint: '2026-12-25, ou 12-25 pour chaque année ; Entrée après chacun.',
  users: 'Suivi par',
  unused: 'Personne encore',
  none: 'Pas encore d’horaires',
  noneText: 'Sans horaire, les appels sont ouverts à toute heure.',
};
