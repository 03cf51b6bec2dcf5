// Spanish words of the page “Accounts”.
import type { SameWords } from '../../i18n/words.ts';
import type { accounts as english } from '../en/accounts.ts';

export const accounts: SameWords<typeof english> = {
  title: 'Cuentas',
  lead: 'Quién puede usar esta consola y la API, y qué puede hacer en ellas.',
  add: 'Añadir una cuenta',
  name: 'Cuenta',
  nameHint: 'Con lo que se entra: letras de la a a la z, dígitos, «.», «-», «_» y «@».',
  displayName: 'Nombre',
  displayNameHint: 'De la persona o del programa',
  extension: 'Extensión',
  extensionHint: 'El teléfono que suena al capturar y cuyos derechos cuentan. Déjelo vacío si no hay.',
  roles: 'Roles',
  state: 'Estado',
  enabled: 'Puede entrar',
  enabledText: 'Si se desactiva, se cierran sus sesiones y se rechazan sus tokens.',
  stateEnabled: 'Activa',
  stateDisabled: 'Desactivada',
  stateMustChange: 'Espera el primer acceso',
  fields: 'Cuenta',
  passwordReset: 'Dar una contraseña nueva',
  passwordResetText:
    'Se cierran todas las sesiones de {name}, que podrá volver a entrar tras contraseñas ' +
    'incorrectas. La nueva se genera, se muestra una vez y debe cambiarse al entrar.',
  passwordOf: 'La contraseña de {name}',
  passwordOnce: 'Solo se muestra esta vez y debe cambiarse al entrar por primera vez. Entréguela ahora.',
  signOutEverywhere: 'Cerrar todas las sesiones',
  remove: 'Quitar',
  removeTitle: '¿Quitar la cuenta {name}?',
  removeText:
    'Se cierran sus sesiones y se rechazan sus tokens. Lo que hizo queda en el registro de auditoría.',
  'role-administrator': 'Administrador',
  'role-telephony-system': 'Sistema telefónico',
  'role-users': 'Usuarios',
  'role-supervisor': 'Supervisor',
  'role-auditor': 'Auditor',
  'about-administrator': 'Todo, también cuentas y copias de seguridad.',
  'about-telephony-system':
    'La restricción de llamadas de la organización y los grupos de captura. Las excepciones de ' +
    'usuarios requieren además el rol Usuarios.',
  'about-users': 'Extensiones con sus derechos, grupos y PIN, y la salida de cuarentena.',
  'about-supervisor':
    'El tablero de llamadas que suenan, las estadísticas y la captura de lo que su extensión puede tomar.',
  'about-auditor': 'Lee todo, no cambia nada.',
  'right-policy-read': 'Leer la política',
  'right-system-write': 'Cambiar la restricción de la organización',
  'right-users-write': 'Cambiar extensiones y PIN',
  'right-calls-read': 'Leer quién llamó a quién',
  'right-live-read': 'Ver lo que suena',
  'right-pickup': 'Capturar llamadas',
  'right-figures-read': 'Leer las estadísticas',
  'right-audit-read': 'Leer el registro de auditoría',
  'right-backup': 'Hacer copias de seguridad',
  'right-accounts': 'Gestionar cuentas',
  keepTokens: 'Que sus tokens de API vuelvan a valer',
  keepTokensText: 'Sin esto se eliminan al activar la cuenta, pues nadie sabe quién los tiene ya.',
  removeTokens: 'Quitar también sus tokens de la API',
  removeTokensText:
    'Quien conocía la contraseña anterior pudo crear alguno. Los programas que los usan se rechazan al momento.',
};
