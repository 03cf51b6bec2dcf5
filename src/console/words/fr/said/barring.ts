// French: the daemon’s sentences about settings, countries, levels, numbers and rules.
import type { SaidAs } from '../../../i18n/words.ts';
import type { barring as english } from '../../en/said/barring.ts';

export const barring: SaidAs<typeof english> = {
  'setting-unknown': 'Le réglage {setting} n’existe pas.',
  'settings-together': 'Ces réglages ne vont pas ensemble.',
  'setting-one-value': '{setting} prend une seule valeur.',
  'setting-set-with': 'Réglez-le avec {command}.',
  'setting-takes': '{setting} attend : {expects} ; pas {value}.',
  'setting-is': '{setting} est {expects}, pas {value}.',
  'setting-entries': '{setting} prend au plus {max} entrées, pas {count}.',
  'whole-number': 'un nombre entier de {unit} de {min} à {max}',
  'form-national-prefix': 'au plus 4 chiffres, « none », ou « auto » pour celui de la région d’origine',
  'form-prefixes': 'des préfixes de 1 à 8 chiffres, comme 00 011',
  'form-emergency': 'des numéros de 2 à 8 chiffres, comme 112 911',
  'form-short-codes': 'des codes courts d’au plus 12 chiffres, « * » ou « # »',
  'form-patterns': 'des motifs comme 1XXX, [2-4]XX ou 1001',
  'form-country': 'le code ISO d’un pays, comme MX',
  'form-code': 'un code de 2 à 6 caractères qui commence par « * » ou « # »',
  'form-sounds': 'des noms de sons d’Asterisk joints par « & », ou « none »',
  'form-classes': 'des types : premium shared-cost personal satellite directory',
  'form-endpoints': 'des noms de terminaux, comme trunk',
  'form-ways': 'des moyens d’avertir : message mail',
  'form-schedule': 'le nom d’un horaire, ou « none »',
  'conflict-emergency-internal':
    '{number} reste un numéro d’urgence, bien que le motif interne {pattern} le couvre.',
  'conflict-group-directed':
    'pickup-group-code {group} commence par pickup-directed-code {directed} : il serait pris pour un poste.',
  'conflict-directed-group':
    'pickup-directed-code {directed} est pickup-group-code {group} suivi de chiffres : il serait pris pour le numéro d’un groupe.',
  'conflict-any-group': 'pickup-any-code {any} est aussi pickup-group-code.',
  'conflict-any-directed': 'pickup-any-code {any} est aussi pickup-directed-code.',
  'each-its-own': 'Donnez à chacun le sien.',
  'conflict-any-group-number':
    'pickup-any-code {any} est pickup-group-code {group} suivi de chiffres : le groupe de ce numéro ne pourrait pas être composé.',
  'conflict-any-begins':
    'pickup-any-code {any} commence par pickup-directed-code {directed} : il serait pris pour un poste.',
  'conflict-no-emergency': 'Il ne resterait aucun numéro d’urgence.',
  'conflict-name-emergency': 'Inscrivez-les d’abord dans emergency-numbers.',
  'conflict-holds-emergency': '{setting} ne doit pas contenir {value}, qui est un numéro d’urgence.',
  'conflict-emergency-international':
    'emergency-numbers ne doit pas contenir {number}, qui est un numéro international.',
  'conflict-prefixes':
    '{prefix} ne peut pas être à la fois préfixe de ligne extérieure et préfixe international.',
  'conflict-carrier':
    '{code} ne peut pas être un code d’opérateur : tout appel international derrière lui serait refusé.',
  'conflict-swallowed':
    'Le motif interne {pattern} englobe des numéros internationaux qui commencent par {prefix}.',
  'write-first-digits': 'Écrivez ses premiers chiffres.',
  'plan-cannot-be-used': 'Le plan de numérotation n’est pas utilisable : {problems}',
  'home-unknown': 'La région d’origine {region} est inconnue : donnez son code ISO, comme MX.',
  'pattern-wrong':
    '{value} n’est pas un motif interne : utilisez des chiffres, X, Z, N et [2-4], 12 positions au plus.',
  'dialplan-cannot': 'Aucun plan d’appel ne peut être fait : {problem}',
  'change-one-of-them': 'Changez l’un d’eux avec {command}.',
  'home-missing':
    'Aucune région d’origine n’est fixée, aucun appel ne peut donc être jugé : réglez home-region.',
  'notice-protection-off-all':
    'Tout numéro lisible sort désormais de chaque poste, international et surtaxé compris.',
  'notice-everybody-abroad': 'Chaque poste connu a le droit d’appeler l’étranger ; les inconnus non.',
  'notice-no-longer-abroad': {
    one: 'N’appellent plus l’étranger : {count} poste connu sans ce droit ({names}), et tous les inconnus.',
    other:
      'N’appellent plus l’étranger : {count} postes connus sans ce droit ({names}), et tous les inconnus.',
  },
  'notice-no-country':
    'Aucun pays n’est autorisé : personne n’appelle l’étranger avant {command} ou `level set`.',
  'notice-countries-count': 'Pays que peuvent appeler ceux qui en ont le droit : {count}.',
  'region-twice': '{region} figure dans deux des listes allow, deny et reset.',
  'notice-home': '{region} est la région d’origine : les appels y sont nationaux, quoi que dise son entrée.',
  'notice-home-exception':
    '{region} est la région d’origine : les appels y sont nationaux, quoi que dise une exception.',
  'notice-protection-off-country': 'La protection est désactivée : aucun pays n’est refusé avant {command}.',
  'notice-protection-off': 'La protection est désactivée : rien n’est refusé tant qu’elle n’est pas activée.',
  'notice-protection-off-rules':
    'La protection est désactivée : seule la liste de blocage refuse tant qu’elle n’est pas activée.',
  'notice-protection-off-policy':
    'La protection est désactivée dans cette politique : tout ce qui est lisible sort.',
  'notice-code-opens':
    '+{code} compte pour un seul (shared-codes vaut « code ») : cela ouvre aussi {regions}.',
  'notice-code-shared': 'L’indicatif +{code} est partagé.',
  'notice-stay-closed': 'Restent fermés : {regions}.',
  'notice-code-exception': '+{code} est partagé : {regions} reste tel quel.',
  'notice-code-exceptions': '+{code} est partagé : {regions} restent tels quels.',
  'notice-needs-class': '{region} demande aussi son type, qui n’est pas activé : {command}.',
  'notice-exception-premium':
    '{region} est surtaxé : il faut aussi les numéros surtaxés (--premium) ou le type satellite.',
  'notice-no-end': 'Elle n’a pas de fin : --until ou --for lui en donnerait une.',
  'notice-added': 'Inconnus jusqu’ici, et ajoutés : {extensions}.',
  'notice-not-known': 'Inconnus jusqu’ici : {extensions}.',
  'notice-may-abroad-one': '1 poste peut désormais appeler l’étranger.',
  'notice-may-abroad': '{count} postes peuvent désormais appeler l’étranger.',
  'notice-no-abroad-one': '1 poste ne peut plus appeler l’étranger.',
  'notice-no-abroad': '{count} postes ne peuvent plus appeler l’étranger.',
  'regions-unknown': 'Certains de ces codes ne sont pas des pays.',
  'region-name-one': 'Indiquez au moins un pays, comme AR ou +870.',
  'region-no-code': '{word} n’est pas un code de pays.',
  'level-reason': 'Un motif tient sur une ligne de 300 caractères au plus.',
  'level-no-country': '{codes} n’appartient à aucun pays et ne figure dans aucun niveau.',
  'allow-by-name': 'Autorisez-le nommément : {command}.',
  'a-barring-level': 'Un niveau de restriction',
  'a-level-with-list': 'Un niveau avec une liste',
  'premium-both': '{classes} ne peut pas être activé et désactivé à la fois.',
  'premium-takes': '{what} prend all, none, ou certains de {classes}.',
  'premium-it-takes': 'On peut donner all, none, ou certains de {classes}.',
  'premium-no-class': '{what} : {word} n’est pas un type de numéros surtaxés.',
  'rules-name-number': 'Indiquez au moins un numéro ou préfixe, comme +5411.',
  'rule-says-already': 'La règle {id} le dit déjà : {rule}.',
  'rule-same-number': 'La règle {id} dit {action} pour le même {numbers} : {winner} l’emporte.',
  'rules-max': 'Il y aurait {count} règles, et la limite est {max}.',
  'rule-block-enforced': 'La règle {id} est sur la liste de blocage, toujours appliquée.',
  'rule-remove-or-deny': 'Supprimez-la ou utilisez deny.',
  'rules-of-command': 'Une commande prend {max} numéros.',
  'use-command': 'Utilisez {command}.',
  'rules-unknown': 'La règle {ids} n’existe pas.',
  'rules-by-ids': 'Désignez les règles par leurs identifiants de {command} : {problem}.',
  'ids-none': 'aucun n’a été donné',
  'ids-wrong': '{word} n’en est pas un',
  'ids-of': 'Désignez par leurs identifiants de {command} : {what} ; {problem}.',
  'rule-group-block':
    'La liste de blocage vaut pour toute l’organisation : retirez le groupe ou utilisez deny.',
  'rule-observe-block':
    'La liste de blocage est toujours appliquée : utilisez deny pour une règle qui ne fait qu’observer.',
  'rule-covers-emergency': '{word} est le début de {numbers}, que tout le monde peut appeler à tout moment.',
  'rule-more-digits': 'Écrivez plus de chiffres, ou le numéro exact.',
  'rules-emergency': '{number} est un numéro d’urgence : aucune règle n’est consultée.',
  'rules-unreadable': '{number} n’est pas un numéro sur lequel des règles se prononcent.',
  'rules-replace-reason': 'Pour remplacer, il faut un motif : les règles de ce motif sont remplacées.',
  'rules-file-empty': 'Le fichier ne contient aucune règle, rien n’est donc remplacé.',
  'right-file': 'Est-ce le bon ?',
  'rules-other-reason': 'son motif n’est pas {reason} : elle ne serait pas remplacée la prochaine fois.',
  'the-action': 'L’action',
  'day-or-time': '{what} est un jour ou une heure comme 2026-12-31, pas {word}.',
  'number-write-so': '{word} n’est ni un numéro ni un préfixe : écrivez +5411 ou 118.',
  'number-is-emergency': '{word} est un numéro d’urgence, que tout le monde peut appeler à tout moment.',
  'number-kept-as': '{word} est retenu comme {found}.',
  'number-internal':
    '{word} est un numéro interne : les appels de téléphone à téléphone ne passent par aucune route sortante, où ils seraient jugés.',
  'number-unreadable': '{word} n’est pas lisible comme numéro ({cause}).',
  'number-short-long':
    '{word} est trop long pour un numéro court : écrivez les préfixes nationaux avec + et l’indicatif du pays.',
  'number-no-beginning': '{word} n’est pas le début d’un numéro international.',
  'number-many-digits': '{word} a plus de {max} chiffres.',
  'number-no-country': '{word} commence par un indicatif que personne n’a.',
  'levels-closed': 'rien à l’étranger, sauf ce qui est autorisé nommément',
  'levels-low': 'pays régulés et bon marché, et voisins que moyen ouvre ailleurs',
  'levels-medium': 'affaires courantes, et voisins que élevé ouvre ailleurs',
  'levels-high': 'aussi les pays chers et risqués, sauf les premières destinations de la fraude',
  'levels-open': 'tous les pays ; satellites et réseaux mondiaux seulement nommément',
};
