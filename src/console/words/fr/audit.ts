// French words of the page “Audit log”.
import type { SameWords } from '../../i18n/words.ts';
import type { audit as english } from '../en/audit.ts';

export const audit: SameWords<typeof english> = {
  title: 'Journal d’audit',
  lead: 'Qui a changé quoi, et ce que c’était avant.',
  search: 'Chercher dans le journal d’audit',
  searchHint: 'Nom, réglage, poste, valeur…',
  csv: 'Exporter en CSV',
  json: 'Exporter en JSON',
  none: 'Aucun changement',
  noneText: 'Personne n’a rien changé dans cette période, ou rien ne correspond à la recherche.',
  seq: 'N°',
  time: 'Heure',
  actor: 'Qui',
  what: 'Quoi',
  change: 'Avant et après',
  byAccount: 'compte',
  byCommand: 'ligne de commande',
  byToken: 'jeton',
  added: 'Ajouté',
  removed: 'Supprimé',
  nothing: 'rien',
  verifying: 'Vérification de la chaîne…',
  whole: 'Chaîne vérifiée',
  broken: 'La chaîne est rompue',
  wholeText: {
    one: 'La chaîne de {count} enregistrement est entière : rien n’a été modifié ni coupé.',
    other: 'La chaîne de {count} enregistrements est entière : rien n’a été modifié ni coupé.',
  },
  brokenText: 'Elle ne tient pas à l’enregistrement {seq}. {problem}',
  verifyAgain: 'Vérifier à nouveau',
  signedGood: 'L’enregistrement {seq} a été signé le {time}, et la signature est juste.',
  signedBad:
    'La signature de sa tête n’est pas juste : quelqu’un l’a altérée, ou le fichier de clé est un autre.',
  signedUnchecked: 'L’enregistrement {seq} a été signé le {time} ; la signature n’a pas pu être vérifiée.',
  signedNone: 'Aucune tête n’a encore été signée.',
};
