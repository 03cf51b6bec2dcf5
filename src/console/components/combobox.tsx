// `ComboBox`: one of many, found by typing (WAI-ARIA combobox with a list); `ChipsField`: several of many, as chips.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { plainText } from '../i18n/format.ts';
import { t } from '../i18n/t.tsx';
import { Field, type FieldProps } from './fields.tsx';
import { Icon } from './icon.tsx';

export interface ComboOption {
  readonly value: string;
  readonly label: string;
  /** Also searched: a country code, a name. */
  readonly hint?: string;
  readonly icon?: ComponentChildren;
}

const SHOWN_MAX = 50;

function matching(options: readonly ComboOption[], text: string): readonly ComboOption[] {
  const wanted = plainText(text.trim());
  const fits = ({ value, label, hint = '' }: ComboOption) =>
    [value, label, hint].some((part) => plainText(part).includes(wanted));
  const starts = (option: ComboOption) => (plainText(option.label).startsWith(wanted) ? 0 : 1);
  return options
    .filter(fits)
    .toSorted((one, other) => starts(one) - starts(other))
    .slice(0, SHOWN_MAX);
}

interface ComboBoxProps extends FieldProps {
  /** '' for none. */
  readonly value: string;
  readonly options: readonly ComboOption[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** Takes what was typed where no option fits, such as a number that is no extension. */
  readonly free?: boolean;
}

export function ComboBox({ value, options, onChange, placeholder, free = false, ...props }: ComboBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = options.find((option) => option.value === value);
  const shown = typed ?? chosen?.label ?? value;
  const take = (option: ComboOption) => {
    setTyped(null);
    onChange(option.value);
  };
  return (
    <Field {...props}>
      {(ids) => (
        <ComboInput
          {...ids}
          text={shown}
          filter={typed ?? ''}
          options={options}
          placeholder={placeholder}
          disabled={props.disabled === true}
          onText={(text) => {
            setTyped(text);
            if (free) onChange(text);
            else if (text === '') onChange('');
          }}
          onTake={take}
          onLeave={() => setTyped(null)}
        />
      )}
    </Field>
  );
}

interface ComboInputProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly text: string;
  /** By which the options are searched. */
  readonly filter: string;
  readonly options: readonly ComboOption[];
  readonly placeholder?: string | undefined;
  readonly disabled: boolean;
  readonly onText: (text: string) => void;
  readonly onTake: (option: ComboOption) => void;
  readonly onLeave: () => void;
}

function ComboInput({ text, filter, options, onText, onTake, onLeave, ...props }: ComboInputProps) {
  const list = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const found = matching(options, filter);
  const close = () => {
    setOpen(false);
    setAt(0);
  };
  const take = (option: ComboOption) => {
    onTake(option);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const here = found[at];
    if (step !== 0) {
      setOpen(true);
      if (open) setAt((at + step + found.length) % Math.max(1, found.length));
      event.preventDefault();
    } else if (event.key === 'Enter' && open && here !== undefined) {
      take(here);
      event.preventDefault();
    } else if (event.key === 'Escape' && open) {
      close();
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div class="combo">
      <input
        id={props.id}
        aria-describedby={props['aria-describedby']}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && found.length > 0 ? `${list}-${at}` : undefined}
        value={text}
        placeholder={props.placeholder}
        disabled={props.disabled}
        onInput={(event) => {
          setOpen(true);
          setAt(0);
          onText(event.currentTarget.value);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close();
          onLeave();
        }}
      />
      <ul id={list} role="listbox" aria-label={t('ui.search')} class="combo-list" hidden={!open}>
        {found.map((option, place) => (
          <li
            key={option.value}
            id={`${list}-${place}`}
            role="option"
            aria-selected={place === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            {option.icon}
            <span>{option.label}</span>
            {option.hint === undefined ? null : <span class="quiet">{option.hint}</span>}
          </li>
        ))}
        {found.length === 0 ? (
          <li role="option" aria-selected={false} aria-disabled="true" class="quiet">
            {t('ui.noMatches')}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

interface ChipsFieldProps extends FieldProps {
  readonly values: readonly string[];
  readonly options: readonly ComboOption[];
  readonly onChange: (values: readonly string[]) => void;
  readonly placeholder?: string;
  /** Takes what was typed at Enter or comma where it is no option, such as a pattern. */
  readonly free?: boolean;
}

export function ChipsField({
  values,
  options,
  onChange,
  placeholder,
  free = false,
  ...props
}: ChipsFieldProps) {
  const [typed, setTyped] = useState('');
  const add = (value: string) => {
    setTyped('');
    if (value !== '' && !values.includes(value)) onChange([...values, value]);
  };
  const left = options.filter(({ value }) => !values.includes(value));
  return (
    <Field {...props}>
      {(ids) => (
        <div
          class="chips"
          onKeyDown={(event) => {
            const ends = event.key === 'Enter' || event.key === ',';
            if (ends && free && typed.trim() !== '') {
              event.preventDefault();
              add(typed.trim());
            } else if (event.key === 'Backspace' && typed === '') onChange(values.slice(0, -1));
          }}
        >
          {values.map((value) => (
            <Chip
              key={value}
              option={options.find((option) => option.value === value) ?? { value, label: value }}
              onRemove={() => onChange(values.filter((other) => other !== value))}
            />
          ))}
          <ComboInput
            {...ids}
            text={typed}
            filter={typed}
            options={left}
            placeholder={placeholder}
            disabled={props.disabled === true}
            onText={setTyped}
            onTake={({ value }) => add(value)}
            onLeave={() => (free ? add(typed.trim()) : setTyped(''))}
          />
        </div>
      )}
    </Field>
  );
}

function Chip({ option, onRemove }: { readonly option: ComboOption; readonly onRemove: () => void }) {
  return (
    <span class="chip">
      {option.icon}
      <span>{option.label}</span>
      <button type="button" aria-label={t('ui.remove', { what: option.label })} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </span>
  );
}
