// What `callwarden doctor` finds: a stable code, how bad it is, a sentence, and what mends it.

export type Severity = 'ok' | 'warning' | 'failure';

export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string;
  /** `failure`: a call may go out that must not, or one may be lost that must go. What cannot be read is a `warning`. */
  readonly severity: Severity;
  readonly text: string;
  /** The command or the line that mends it; '' where all is well. */
  readonly remedy: string;
}

export const ok = (code: string, text: string): Finding => ({ code, severity: 'ok', text, remedy: '' });

export const warning = (code: string, text: string, remedy: string): Finding => ({
  code,
  severity: 'warning',
  text,
  remedy,
});

export const failure = (code: string, text: string, remedy: string): Finding => ({
  code,
  severity: 'failure',
  text,
  remedy,
});
