// Spanish words of the page “Groups”.
import type { SameWords } from '../../i18n/words.ts';
import type { groups as english } from '../en/groups.ts';

export const groups: SameWords<typeof english> = {
  title: 'Grupos',
  lead: 'Clases de servicio: un derecho, un nivel y un horario para muchos usuarios.',
  add: 'Añadir grupo',
  name: 'Nombre',
  nameHint: 'Por ejemplo ventas',
  members: 'Miembros',
  memberCount: { one: '{count} miembro', other: '{count} miembros' },
  countries: 'Países propios',
  countriesLead: 'Prevalecen sobre los de la organización, para los miembros de este grupo.',
  allowed: 'Países y regiones permitidos',
  denied: 'Países y regiones denegados',
  noneTitle: 'Aún no hay grupos',
  noneText: 'Un grupo da el mismo derecho y nivel a muchos usuarios.',
  gives: 'Lo que da',
  givesLead: 'Lo que dice la extensión prevalece sobre el grupo.',
  ownPremium: 'Números propios con coste adicional',
  ownPremiumText: 'Si no, valen las de la organización.',
  premium: 'Números con coste adicional abiertos',
  'class-premium': 'Números de tarificación adicional',
  'class-shared-cost': 'Números de coste compartido',
  'class-personal': 'Números personales',
  'class-satellite': 'Satélites y redes globales',
  'class-directory': 'Información telefónica',
  putIn: 'Añadir miembros',
  takeOut: 'Quitar del grupo',
  removeTitle: '¿Quitar el grupo {name}?',
  removeText: 'Se van sus reglas, límites y países; sus miembros quedan, sin lo que daba.',
};
