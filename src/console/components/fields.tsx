// Form fields: `TextField`, `NumberField`, `TextArea`, `FileField`, `SelectField`, `SearchField`; label, hint and error belong together.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { Icon } from './icon.tsx';
import { Info } from './disclosure.tsx';

export interface FieldProps {
  readonly label: string;
  /** Below the field: what belongs in it. */
  readonly hint?: ComponentChildren;
  /** Behind the information icon. */
  readonly info?: ComponentChildren;
  /** What is wrong with what stands in it. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** The label is for screen readers only. */
  readonly bare?: boolean;
}

/** One by one, as the types of an input know each kind apart. */
const inputTypes = {
  text: { type: 'text' },
  password: { type: 'password' },
  email: { type: 'email' },
  tel: { type: 'tel' },
  'datetime-local': { type: 'datetime-local' },
  time: { type: 'time' },
  date: { type: 'date' },
} as const;

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: keyof typeof inputTypes;
  readonly placeholder?: string;
  readonly autocomplete?: string;
  readonly autofocus?: boolean;
  readonly inputmode?: 'text' | 'tel' | 'numeric';
  readonly maxLength?: number;
}

/** The frame of a field; `children` gets the ids that tie the parts together. */
export function Field(
  props: FieldProps & {
    readonly children: (ids: {
      readonly id: string;
      readonly 'aria-describedby': string | undefined;
    }) => ComponentChildren;
  },
) {
  const id = useId();
  const { hint, error, info } = props;
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  return (
    <div class="field" data-wrong={error === undefined ? undefined : 'true'}>
      <div class={props.bare === true ? 'visually-hidden' : 'field-label'}>
        <label for={id}>{props.label}</label>
        {info === undefined ? null : <Info about={props.label}>{info}</Info>}
      </div>
      {props.children({
        id,
        'aria-describedby': described.filter((one) => one !== '').join(' ') || undefined,
      })}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** What every input says of itself. */
const stateOf = ({ required, disabled, error }: FieldProps) => ({
  required: required === true,
  disabled: disabled === true,
  'aria-invalid': error === undefined ? undefined : true,
});

export function TextField({ value, onChange, type = 'text', ...props }: TextFieldProps) {
  return (
    <Field {...props}>
      {(ids) => (
        <input
          {...ids}
          {...inputTypes[type]}
          value={value}
          placeholder={props.placeholder}
          autocomplete={props.autocomplete ?? 'off'}
          autofocus={props.autofocus === true}
          inputMode={props.inputmode}
          maxLength={props.maxLength}
          {...stateOf(props)}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface NumberFieldProps extends FieldProps {
  /** Null: nothing stands in it. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Behind the field: `seconds`. */
  readonly unit?: string;
}

export function NumberField({ value, onChange, unit, ...props }: NumberFieldProps) {
  return (
    <Field {...props}>
      {(ids) => (
        <span class="with-unit">
          <input
            {...ids}
            type="number"
            value={value ?? ''}
            min={props.min}
            max={props.max}
            step={props.step}
            {...stateOf(props)}
            onInput={({ currentTarget }) =>
              onChange(currentTarget.value === '' ? null : currentTarget.valueAsNumber)
            }
          />
          {unit === undefined ? null : <span class="unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

interface TextAreaProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextArea({ value, onChange, rows = 3, ...props }: TextAreaProps) {
  return (
    <Field {...props}>
      {(ids) => (
        <textarea
          {...ids}
          rows={rows}
          value={value}
          maxLength={props.maxLength}
          {...stateOf(props)}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface FileFieldProps extends FieldProps {
  /** Of the files to choose from: `.csv,text/csv`. */
  readonly accept: string;
  readonly onChange: (file: File | null) => void;
}

export function FileField({ accept, onChange, ...props }: FileFieldProps) {
  return (
    <Field {...props}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          accept={accept}
          onChange={({ currentTarget }) => onChange(currentTarget.files?.[0] ?? null)}
        />
      )}
    </Field>
  );
}

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

export function SelectField<Value extends string>({
  value,
  options,
  onChange,
  ...props
}: SelectFieldProps<Value>) {
  return (
    <Field {...props}>
      {(ids) => (
        <select
          {...ids}
          value={value}
          required={props.required === true}
          disabled={props.disabled === true}
          onChange={({ currentTarget }) => {
            const chosen = options.find((option) => option.value === currentTarget.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** For filters above tables. */
export function SearchField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly placeholder?: string;
}) {
  const label = props.label ?? t('ui.search');
  return (
    <span class="search">
      <Icon name="search" />
      <input
        type="search"
        aria-label={label}
        placeholder={props.placeholder ?? label}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </span>
  );
}
