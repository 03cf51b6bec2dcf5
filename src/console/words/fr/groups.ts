// French words of the page “Groups”.
import type { SameWords } from '../../i18n/words.ts';
import type { groups as english } from '../en/groups.ts';

export const groups: SameWords<typeof english> = {
  title: 'Groupes',
  lead: 'Classes de service : un droit, un niveau et un horaire pour beaucoup d’utilisateurs.',
  add: 'Ajouter un groupe',
  name: 'Nom',
  nameHint: 'Par exemple ventes',
  members: 'Membres',
  memberCount: { one: '{count} membre', other: '{count} membres' },
  countries: 'Pays propres',
  countriesLead: 'Ils l’emportent sur ceux de l’organisation, pour les membres de ce groupe.',
  allowed: 'Pays et régions autorisés',
  denied: 'Pays et régions interdits',
  noneTitle: 'Pas encore de groupes',
  noneText: 'Un groupe donne le même droit et le même niveau à beaucoup d’utilisateurs.',
  gives: 'Ce qu’il donne',
  givesLead: 'Ce que dit le poste l’emporte sur le groupe.',
  ownPremium: 'Ses propres numéros surtaxés',
  ownPremiumText: 'Sinon, celles de l’organisation valent.',
  premium: 'Numéros surtaxés ouverts',
  'class-premium': 'Numéros à tarif majoré',
  'class-shared-cost': 'Numéros à coût partagé',
  'class-personal': 'Numéros personnels',
  'class-satellite': 'Satellites et réseaux mondiaux',
  'class-directory': 'Renseignements',
  putIn: 'Ajouter des membres',
  takeOut: 'Retirer du groupe',
  removeTitle: 'Supprimer le groupe {name} ?',
  removeText: 'Ses règles, limites et pays disparaissent ; ses membres restent, sans ce qu’il donnait.',
};
