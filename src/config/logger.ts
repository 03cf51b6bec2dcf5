// What the rooms see of logging: an event that happened, and its fields.

/** User data goes into fields, never into the event: each value is escaped on its way to the line. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `event` is a constant in kebab-case (`call-decided`); fields that are undefined are left out. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
