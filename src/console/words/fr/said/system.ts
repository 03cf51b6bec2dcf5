// French: the daemon’s sentences about the state of the daemon.
import type { SaidAs } from '../../../i18n/words.ts';
import type { system as english } from '../../en/said/system.ts';

export const system: SaidAs<typeof english> = {
  'alert-call-for': 'Un appel pour {extensions} sonne',
  'alert-call-from': 'L’appel de {caller} pour {extensions} sonne depuis {seconds} s.',
  'alert-dial': 'Composez {code} pour le prendre.',
  withheld: 'un numéro masqué',
  'dialplan-none':
    'Asterisk n’a pas de plan d’appel de Callwarden, ou un ancien sans empreinte : réglages et configuration demandent {wanted}.',
  'dialplan-stale':
    'Le plan d’appel dans Asterisk ({installed}) est périmé : réglages et configuration demandent {wanted}.',
  'renew-it': 'Renouvelez-le : {command}.',
  'emergency-called': '{who} a appelé le numéro d’urgence {number}.',
  'guard-one':
    '1 appel a atteint une ligne réseau sans verdict depuis le démarrage : {doctor} nomme les chemins, {calls} les appels.',
  'guard-many':
    '{count} appels ont atteint une ligne réseau sans verdict depuis le démarrage : {doctor} nomme les chemins, {calls} les appels.',
  'guard-dialled': 'La ligne réseau {trunk} a été appelée pour {number}, {what}, sans verdict.',
  'guard-unreadable': 'un numéro illisible',
  'guard-chargeable': 'un numéro payant',
  'guard-redirected': 'Le téléphone {phone} y a renvoyé l’appel de lui-même (302).',
  'guard-ended': 'La garde y a mis fin.',
  'audit-gone': 'La chaîne d’audit ne contient plus l’enregistrement {seq}, signé le {moment}.',
  'see-verify-move': 'Voyez {command} ; quand tout est compris, déplacez {file}.',
  'audit-other-key': 'La tête d’audit dans {file} n’a pas été signée avec {key}.',
  'see-command': 'Voyez {command}.',
  'audit-cannot-sign': 'La tête d’audit ne peut pas être signée : {problem}',
  'audit-head-unreadable': 'La tête d’audit signée {file} n’est pas lisible par cet utilisateur.',
  'audit-head-altered': '{file} ne contient pas de tête d’audit signée : quelqu’un l’a modifiée.',
  'audit-move-away': 'Déplacez-la après un regard sur {command} ; le service en signe une nouvelle.',
  'no-device-states': 'Asterisk n’accepte pas d’états d’appareils : chargez res_ari_device_states',
  'numbering-uncompared': 'Les données de numérotation n’ont pas pu être comparées : {problem}',
  'numbering-none':
    'Aucune donnée de numérotation n’a encore été acceptée, on ne peut donc dire ce qu’une mise à jour change : lancez une fois {command}.',
  'numbering-changed': {
    one: 'Les données de numérotation ont changé à {count} endroit depuis leur acceptation : voyez {command}.',
    other:
      'Les données de numérotation ont changé à {count} endroits depuis leur acceptation : voyez {command}.',
  },
  'pins-none-accepted': 'Aucun code PIN n’est accepté : {problem}',
  'pins-other-key': {
    one: '{count} code PIN sur {all} a été fait avec un autre fichier de clé que {file} et ne correspond à rien.',
    other:
      '{count} codes PIN sur {all} ont été faits avec un autre fichier de clé que {file} et ne correspondent à rien.',
  },
  'put-back-or-new-digits': 'Remettez ce fichier, ou donnez-leur de nouveaux chiffres avec {command}.',
  'ari-down': 'ARI n’est pas connecté : {problem}',
  'ami-down': 'AMI n’est pas connecté : {problem}',
  'ari-unreachable':
    'Asterisk est injoignable à {where} ({cause}) : fonctionne-t-il, http.conf est-il activé, et ari.url est-il exact ?',
  'ari-refuses-user':
    'Asterisk a refusé l’utilisateur ARI « {name} » à {where} ({status}) : comparez ari.username et ari.password avec ari.conf.',
  'ari-not-there':
    'Il n’y a pas d’ARI à {where} (404) : Asterisk démarre encore, res_ari n’est pas chargé, ari.conf contient « enabled=no », ou le chemin de ari.url est faux.',
  'ari-is-another': 'Ce qui répond à {where} n’est pas ARI (HTTP {status}) ; vérifiez ari.url.',
  'ari-silent': 'Asterisk n’a pas répondu à {where} en {time} ms.',
  'ami-unreachable':
    'AMI est injoignable à {where} ({cause}) : Asterisk fonctionne-t-il, et manager.conf est-il activé ?',
  'ami-refuses-user':
    'AMI a refusé à {where} l’utilisateur « {name} » ({cause}) : comparez ami.username et ami.password avec manager.conf et ses lignes permit.',
  'cause.nothing-there': 'rien n’y écoute',
  'asterisk-closed': 'Asterisk a fermé la connexion',
  'fastagi-down': 'FastAGI n’écoute plus ; redémarrez le service.',
  'peer-silent': 'Le service de l’application « {peer} » ne répond pas ; ses appels sont repris.',
  'start-it-again': 'Redémarrez-le.',
  'policy-not-loaded': 'La politique n’a pas pu être chargée : {problem}',
  'console-problem': 'La console et l’API : {problem}',
  'records-not-written': 'Les enregistrements d’appels ne sont pas écrits : {problem}',
  'records-lost': {
    one: '{count} enregistrement d’appel a été perdu depuis le démarrage ; le journal dit pourquoi.',
    other: '{count} enregistrements d’appels ont été perdus depuis le démarrage ; le journal dit pourquoi.',
  },
  'daemon-waits': 'Le service attend sa base de données.',
  'no-call-judged':
    'Aucun appel n’est jugé d’ici là : les règles statiques du plan d’appel laissent sortir urgences, appels internes et nationaux.',
  'try-it': 'Essayez : {command}',
  'no-such-extension': 'ce n’est pas un poste',
  'thread-ended': 'son fil d’exécution s’est arrêté',
  'thread-ended-why': 'son fil d’exécution s’est arrêté : {problem}',
  'thread-not-started': 'son fil d’exécution n’a pas pu démarrer : {problem}',
  'thread-silent': 'son fil d’exécution n’a rien dit pendant {ms} ms et a été arrêté',
  'certificate-ended': 'le certificat {file} a expiré le {day} ; mettez-en un nouveau à sa place.',
  'certificate-ends': 'le certificat {file} expire le {day} ; remplacez-le avant.',
  'certificate-key': 'La clé de {key} n’est pas celle du certificat de {certificate}.',
  'one-before-goes-on': 'L’ancien reste en service.',
  'port-taken': '{address} est pris par un autre programme ; arrêtez-le ou changez le port de [web] listen.',
  'numbering-new': '{pattern} est nouveau dans les données',
  'numbering-gone': '{pattern} n’est plus dans les données',
  'numbering-was-now': '{what} : était {before}, maintenant {after}',
  'numbering-as-data': 'comme le disent les données',
  'numbering-emergency': 'numéros d’urgence de {region} : {signs}',
  'numbering-prefixes': 'préfixes, longueurs ou codes d’opérateur de {region} modifiés',
  'numbering-shared': '{region} : les premiers chiffres derrière son indicatif partagé ont changé',
  'numbering-regions': 'régions de +{code} : {signs}',
  'numbering-changed-of': '{what} de {region} modifié',
  'numbering-order': 'maintenant dans l’ordre {order}',
  'numbering-range-pattern': '{region} {type} : motif {state}',
  'database-replaced':
    'La base de données {file} a été remplacée ou supprimée entre-temps, et rien n’a été modifié.',
  'policy-checksum':
    'La politique dans {file} ne correspond pas à sa somme de contrôle : elle a été abîmée ou modifiée par un autre programme.',
  'last-backup': 'Remettez la dernière sauvegarde avec {command}.',
  'home-not-set': 'Aucune région d’origine n’est fixée, aucun numéro ne peut donc être lu.',
  'certificate-large': '{file} est trop grand pour un certificat.',
  'certificate-unreadable':
    '{file} n’est pas lisible ({code}) ; donnez à [web] certificate et key des fichiers que l’utilisateur du service peut lire.',
  'cannot-listen': 'Elle ne peut pas écouter sur {address} ({code}).',
  'form-iso': 'doit être un code ISO comme FR, ou un code comme +870',
  'form-digits-e164': 'doit être des chiffres, avec + devant s’ils sont en E.164',
  'form-endpoint': 'doit être le nom d’un terminal',
  'form-name': 'doit être un nom d’au plus 40 lettres et chiffres',
  'form-time': 'doit être un moment comme « 2026-12-31T23:00:00Z »',
  'form-needs-one': 'demande l’un de {keys}, et un seul',
  'form-block-list': 'de la liste noire n’appartient à aucun groupe',
  'form-party': 'doit être un poste, ou un groupe d’interception comme group:sales',
  'form-eight-digits': 'doit avoir de 1 à 8 chiffres',
  'form-plain-digits': 'doit être des chiffres, avec ou sans + devant',
  'form-date': 'doit être une date comme 2026-12-25 ou 12-25',
  'form-mail': 'doit être une adresse e-mail',
  'cdr-none': 'Aucun appel n’a pu être lu.',
  'cdr-expected':
    'On attend Master.csv de cdr_csv d’Asterisk, ou un export de la table cdr avec en-têtes (src, dst, channel, calldate).',
};
