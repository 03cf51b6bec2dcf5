// `Stats`: a few figures in large digits, each with its words; `Facts`: a list of names and what belongs to them.
import type { ComponentChildren } from 'preact';

export interface Stat {
  readonly label: string;
  readonly value: ComponentChildren;
  /** In small letters below: compared with what, out of how many. */
  readonly text?: ComponentChildren;
  readonly tone?: 'good' | 'warn' | 'bad';
}

export function Stats({ stats }: { readonly stats: readonly Stat[] }) {
  return (
    <dl class="stats">
      {stats.map(({ label, value, text, tone }) => (
        <div key={label} class="stat" data-tone={tone}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {text === undefined ? null : <dd class="quiet">{text}</dd>}
        </div>
      ))}
    </dl>
  );
}

export function Facts({ facts }: { readonly facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
