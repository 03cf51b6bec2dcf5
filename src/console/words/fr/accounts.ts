// French words of the page “Accounts”.
import type { SameWords } from '../../i18n/words.ts';
import type { accounts as english } from '../en/accounts.ts';

export const accounts: SameWords<typeof english> = {
  title: 'Comptes',
  lead: 'Qui peut utiliser cette console et l’API, et pour y faire quoi.',
  add: 'Ajouter un compte',
  name: 'Compte',
  nameHint: 'Ce qui sert à se connecter : lettres de a à z, chiffres, « . », « - », « _ » et « @ ».',
  displayName: 'Nom',
  displayNameHint: 'De la personne ou du programme',
  extension: 'Poste',
  extensionHint:
    'Le téléphone qui sonne pour « Intercepter », et dont les droits comptent. Laissez vide ' +
    's’il n’y en a pas.',
  roles: 'Rôles',
  state: 'État',
  enabled: 'Peut se connecter',
  enabledText: 'Désactivé : déconnexion immédiate et refus de ses jetons.',
  stateEnabled: 'Actif',
  stateDisabled: 'Désactivé',
  stateMustChange: 'Attend la première connexion',
  fields: 'Compte',
  passwordReset: 'Donner un nouveau mot de passe',
  passwordResetText:
    '{name} sera déconnecté partout, et de nouveau admis après de mauvais mots de passe. Le ' +
    'nouveau est tiré au sort, affiché une fois, et devra être changé à la première connexion.',
  passwordOf: 'Le mot de passe de {name}',
  passwordOnce:
    'Il n’est affiché qu’une fois et devra être changé à la première connexion. Remettez-le maintenant.',
  signOutEverywhere: 'Déconnecter partout',
  remove: 'Supprimer',
  removeTitle: 'Supprimer le compte {name} ?',
  removeText:
    'Déconnexion immédiate, et ses jetons sont refusés. Ce qu’il a fait reste dans le journal d’audit.',
  'role-administrator': 'Administrateur',
  'role-telephony-system': 'Système téléphonique',
  'role-users': 'Utilisateurs',
  'role-supervisor': 'Superviseur',
  'role-auditor': 'Auditeur',
  'about-administrator': 'Tout, y compris les comptes et les sauvegardes.',
  'about-telephony-system':
    'La restriction d’appels de l’organisation et les groupes d’interception. Les exceptions ' +
    'd’utilisateurs demandent aussi le rôle Utilisateurs.',
  'about-users': 'Les postes avec leurs droits, groupes et codes PIN, et la sortie de quarantaine.',
  'about-supervisor':
    'Le tableau des appels qui sonnent, les statistiques, et l’interception de ce que son poste peut prendre.',
  'about-auditor': 'Lit tout, ne modifie rien.',
  'right-policy-read': 'Lire la politique',
  'right-system-write': 'Modifier la restriction de l’organisation',
  'right-users-write': 'Modifier les postes et codes PIN',
  'right-calls-read': 'Lire qui a appelé qui',
  'right-live-read': 'Voir ce qui sonne',
  'right-pickup': 'Intercepter des appels',
  'right-figures-read': 'Lire les statistiques',
  'right-audit-read': 'Lire le journal d’audit',
  'right-backup': 'Faire des sauvegardes',
  'right-accounts': 'Gérer les comptes',
  keepTokens: 'Rendre valides ses jetons d’API',
  keepTokensText:
    'Sinon, ils sont supprimés à l’activation du compte : personne ne sait qui les détient désormais.',
  removeTokens: 'Supprimer aussi ses jetons d’API',
  removeTokensText:
    'Qui connaissait l’ancien mot de passe a pu en créer. Les programmes qui les utilisent seront refusés aussitôt.',
};
