// Fields for what users and groups can both say: right, level, schedule and PIN; for many at once also “leave as it is”.
import { useResource } from '../../api/use-resource.ts';
import { SelectField, type Option } from '../../components/fields.tsx';
import { t } from '../../i18n/t.tsx';
import './field-row.css';

/** What the API takes and gives for one layer. */
export interface LayerTerms {
  readonly right: 'on' | 'off' | 'inherit';
  readonly level: 'closed' | 'low' | 'medium' | 'high' | 'open' | null;
  readonly schedule: string | null;
  readonly pin: 'never' | 'when-denied' | 'always' | null;
}

/** As the fields hold them; `keep` leaves it as it is. */
export type LayerDraft = Readonly<Record<'right' | 'level' | 'schedule' | 'pin', string>>;

export const KEEP = 'keep';
const INHERIT = 'inherit';
/** Before the names of schedules, so that none is taken for another word. */
const NAMED = 'is ';

export const unchangedLayer: LayerDraft = { right: KEEP, level: KEEP, schedule: KEEP, pin: KEEP };

export const draftOf = ({ right, level, schedule, pin }: LayerTerms): LayerDraft => ({
  right,
  level: level ?? INHERIT,
  schedule: schedule === null ? INHERIT : NAMED + schedule,
  pin: pin ?? INHERIT,
});

/** The terms to send; what is kept is left out. */
export function termsOf(draft: LayerDraft): Readonly<Record<string, string | null>> {
  const { right, level, schedule, pin } = draft;
  const orNull = (word: string) => (word === INHERIT ? null : word);
  return {
    ...(right === KEEP ? {} : { right }),
    ...(level === KEEP ? {} : { level: orNull(level) }),
    ...(schedule === KEEP ? {} : { schedule: schedule === INHERIT ? null : schedule.slice(NAMED.length) }),
    ...(pin === KEEP ? {} : { pin: orNull(pin) }),
  };
}

interface LayerFieldsProps {
  readonly draft: LayerDraft;
  readonly onChange: (draft: LayerDraft) => void;
  /** Many at once: each may be left as it is. */
  readonly many?: boolean;
}

export const levelOptions = (): readonly Option[] => [
  { value: INHERIT, label: t('users.inherit') },
  { value: 'closed', label: t('users.level-closed') },
  { value: 'low', label: t('users.level-low') },
  { value: 'medium', label: t('users.level-medium') },
  { value: 'high', label: t('users.level-high') },
  { value: 'open', label: t('users.level-open') },
];

export function LayerFields({ draft, onChange, many = false }: LayerFieldsProps) {
  const { data } = useResource<{ readonly schedules: readonly { readonly name: string }[] }>('/schedules');
  const keep: readonly Option[] = many ? [{ value: KEEP, label: t('users.keep') }] : [];
  const set = (key: keyof LayerDraft) => (value: string) => onChange({ ...draft, [key]: value });
  const inherit = { value: INHERIT, label: t('users.inherit') };
  const schedules = (data?.schedules ?? []).map(({ name }) => ({ value: NAMED + name, label: name }));
  return (
    <div class="field-row">
      <SelectField
        label={t('users.right')}
        value={draft.right}
        onChange={set('right')}
        options={[
          ...keep,
          { value: INHERIT, label: t('users.right-inherit') },
          { value: 'on', label: t('users.right-on') },
          { value: 'off', label: t('users.right-off') },
        ]}
      />
      <SelectField
        label={t('users.level')}
        value={draft.level}
        onChange={set('level')}
        options={[...keep, ...levelOptions()]}
      />
      <SelectField
        label={t('users.schedule')}
        value={draft.schedule}
        onChange={set('schedule')}
        options={[...keep, inherit, { value: NAMED, label: t('users.always') }, ...schedules]}
      />
      <SelectField
        label={t('users.pin')}
        value={draft.pin}
        onChange={set('pin')}
        options={[
          ...keep,
          inherit,
          { value: 'never', label: t('users.pin-never') },
          { value: 'when-denied', label: t('users.pin-when-denied') },
          { value: 'always', label: t('users.pin-always') },
        ]}
      />
    </div>
  );
}
