// Fields of choices: `ChoiceCards` (one of few, each explained), `SwitchField` (on or off), `CheckboxList` (some of few).
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Info } from './disclosure.tsx';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ComponentChildren;
  /** What choosing it means. */
  readonly text?: ComponentChildren;
  /** Behind the information icon: `about` names it for screen readers. */
  readonly info?: { readonly about: string; readonly text: ComponentChildren };
  readonly disabled?: boolean;
}

interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  /** The label is for screen readers only. */
  readonly bare?: boolean;
  /** Beside each other where there is room. */
  readonly across?: boolean;
}

export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset class="choices" disabled={props.disabled === true}>
      <legend class={props.bare === true ? 'visually-hidden' : ''}>{props.label}</legend>
      <div class={props.across === true ? 'choice-cards choice-cards-across' : 'choice-cards'}>
        {props.choices.map(({ value, label, text, info, disabled }) => (
          <div key={value} class="choice-card">
            <label>
              <input
                type="radio"
                name={name}
                value={value}
                checked={props.value === value}
                disabled={disabled === true}
                onChange={() => props.onChange(value)}
              />
              <span class="choice-words">
                <span class="choice-label">{label}</span>
                {text === undefined ? null : <span class="choice-text">{text}</span>}
              </span>
            </label>
            {info === undefined ? null : <Info about={info.about}>{info.text}</Info>}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchFieldProps {
  readonly label: ComponentChildren;
  readonly text?: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function SwitchField({ label, text, checked, onChange, disabled = false }: SwitchFieldProps) {
  const id = useId();
  return (
    <div class="switch-field">
      <input
        type="checkbox"
        role="switch"
        id={id}
        class="switch"
        checked={checked}
        disabled={disabled}
        aria-describedby={text === undefined ? undefined : `${id}-text`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div class="choice-words">
        <label for={id} class="choice-label">
          {label}
        </label>
        {text === undefined ? null : (
          <span class="choice-text" id={`${id}-text`}>
            {text}
          </span>
        )}
      </div>
    </div>
  );
}

interface CheckboxListProps<Value extends string> {
  readonly label: string;
  readonly chosen: readonly Value[];
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (chosen: readonly Value[]) => void;
  readonly disabled?: boolean;
  readonly bare?: boolean;
}

/** What is chosen stays in the order of the choices. */
export function CheckboxList<Value extends string>(props: CheckboxListProps<Value>) {
  const flip = (value: Value, checked: boolean) => {
    const held = new Set(props.chosen);
    if (checked) held.add(value);
    else held.delete(value);
    props.onChange(props.choices.map((choice) => choice.value).filter((known) => held.has(known)));
  };
  return (
    <fieldset class="choices" disabled={props.disabled === true}>
      <legend class={props.bare === true ? 'visually-hidden' : ''}>{props.label}</legend>
      {props.choices.map(({ value, label, text, disabled }) => (
        <label key={value} class="checkbox">
          <input
            type="checkbox"
            checked={props.chosen.includes(value)}
            disabled={disabled === true}
            onChange={(event) => flip(value, event.currentTarget.checked)}
          />
          <span class="choice-words">
            <span class="choice-label">{label}</span>
            {text === undefined ? null : <span class="choice-text">{text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
