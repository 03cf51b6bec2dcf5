// Spanish words of the page “Audit log”.
import type { SameWords } from '../../i18n/words.ts';
import type { audit as english } from '../en/audit.ts';

export const audit: SameWords<typeof english> = {
  title: 'Registro de auditoría',
  lead: 'Quién cambió qué, y qué era antes.',
  search: 'Buscar en el registro de auditoría',
  searchHint: 'Nombre, ajuste, extensión, valor…',
  csv: 'Exportar CSV',
  json: 'Exportar JSON',
  none: 'Ningún cambio',
  noneText: 'Nadie cambió nada en este periodo, o nada coincide con la búsqueda.',
  seq: 'N.º',
  time: 'Hora',
  actor: 'Quién',
  what: 'Qué',
  change: 'Antes y después',
  byAccount: 'cuenta',
  byCommand: 'línea de comandos',
  byToken: 'token',
  added: 'Añadido',
  removed: 'Eliminado',
  nothing: 'nada',
  verifying: 'Verificando la cadena…',
  whole: 'Cadena verificada',
  broken: 'La cadena está rota',
  wholeText: {
    one: 'La cadena de {count} registro está entera: nada fue cambiado ni cortado.',
    other: 'La cadena de {count} registros está entera: nada fue cambiado ni cortado.',
  },
  brokenText: 'No se sostiene en el registro {seq}. {problem}',
  verifyAgain: 'Verificar de nuevo',
  signedGood: 'El registro {seq} se firmó el {time}, y la firma es correcta.',
  signedBad: 'La firma de su cabeza no es correcta: alguien la alteró, o el archivo de clave es otro.',
  signedUnchecked: 'El registro {seq} se firmó el {time}; no se pudo comprobar la firma.',
  signedNone: 'Todavía no se ha firmado ninguna cabeza.',
};
