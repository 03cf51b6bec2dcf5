// `Button`: primary for what the page is for, plain, quiet in tables, danger for what takes away; `busy` while it runs.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onClick?: (event: MouseEvent) => void;
  /** For screen readers, where the words alone do not say what it is about: `Remove France`. */
  readonly label?: string;
}

export function Button({ kind = 'plain', type = 'button', ...props }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      disabled={props.disabled === true}
      aria-disabled={props.busy === true}
      aria-label={props.label}
      onClick={(event) => (props.busy === true ? event.preventDefault() : props.onClick?.(event))}
    >
      {props.busy === true ? <span class="spinner-small" /> : props.icon ? <Icon name={props.icon} /> : null}
      <span>{props.children}</span>
    </button>
  );
}

/** An icon alone; `label` says what it does. */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly disabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled === true}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
