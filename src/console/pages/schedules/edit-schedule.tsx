// The dialog of one schedule: its windows with their days and times, its time zone, and its closed days.
import { useEffect, useState } from 'preact/hooks';
import type { Schedule } from '../../../http/api/routes/schedules.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ChipsField, ComboBox } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { spoken } from '../../i18n/language.ts';
import { t } from '../../i18n/t.tsx';
import { dayName, days, fieldTime, newWindow, readWindow, windowText, type OpenWindow } from './windows.ts';

interface EditScheduleProps {
  /** '' for a new one. */
  readonly name: string;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

type Terms = Pick<Schedule, 'timeZone' | 'open' | 'holidays'>;

/** Of the browser: that of the office, most often. */
const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function EditSchedule({ name, onClose, onSaved }: EditScheduleProps) {
  const isNew = name === '';
  const path = `/schedules/${encodeURIComponent(name)}`;
  const held = useResource<Terms>(isNew ? null : path);
  const [called, setCalled] = useState(name);
  const [timeZone, setTimeZone] = useState(ownZone);
  const [windows, setWindows] = useState<readonly OpenWindow[]>([newWindow]);
  const [holidays, setHolidays] = useState<readonly string[]>([]);
  useEffect(() => {
    if (held.data === null) return;
    setTimeZone(held.data.timeZone);
    setWindows(held.data.open.map(readWindow));
    setHolidays(held.data.holidays);
  }, [held.data]);
  const saving = useAction(async () => {
    const terms = { timeZone, open: windows.map(windowText), holidays };
    toastOutcome(
      await (isNew
        ? api.post<Parameters<typeof toastOutcome>[0]>('/schedules', { name: called.trim(), ...terms })
        : api.patch<Parameters<typeof toastOutcome>[0]>(path, terms)),
    );
    onSaved();
    onClose();
  });
  return (
    <Dialog title={isNew ? t('schedules.add') : t('schedules.editTitle', { name })} onClose={onClose} wide>
      <Form
        action={{ ...saving, problem: saving.problem ?? held.problem }}
        onReload={() => {
          saving.clear();
          held.reload();
        }}
        unchanged={called.trim() === '' || windows.length === 0 || (!isNew && held.data === null)}
        onCancel={onClose}
      >
        {isNew ? (
          <TextField
            label={t('schedules.name')}
            hint={t('schedules.nameHint')}
            value={called}
            onChange={setCalled}
            required
          />
        ) : null}
        <Windows windows={windows} onChange={setWindows} />
        <ComboBox
          label={t('schedules.timeZone')}
          value={timeZone}
          options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))}
          free
          onChange={setTimeZone}
        />
        <ChipsField
          label={t('schedules.holidays')}
          hint={t('schedules.holidaysHint')}
          values={holidays}
          options={[]}
          free
          onChange={setHolidays}
        />
      </Form>
    </Dialog>
  );
}

interface WindowsProps {
  readonly windows: readonly OpenWindow[];
  readonly onChange: (windows: readonly OpenWindow[]) => void;
}

function Windows({ windows, onChange }: WindowsProps) {
  const replace = (place: number, next: OpenWindow) =>
    onChange(windows.map((window, at) => (at === place ? next : window)));
  return (
    <fieldset class="choices">
      <legend>{t('schedules.open')}</legend>
      {windows.map((window, place) => (
        <WindowFields
          key={place}
          number={place + 1}
          window={window}
          onChange={(next) => replace(place, next)}
          onRemove={windows.length < 2 ? null : () => onChange(windows.filter((_, at) => at !== place))}
        />
      ))}
      <div>
        <Button icon="add" onClick={() => onChange([...windows, newWindow])}>
          {t('schedules.addWindow')}
        </Button>
      </div>
    </fieldset>
  );
}

interface WindowFieldsProps {
  readonly number: number;
  readonly window: OpenWindow;
  readonly onChange: (window: OpenWindow) => void;
  readonly onRemove: (() => void) | null;
}

function WindowFields({ number, window, onChange, onRemove }: WindowFieldsProps) {
  const { locale } = spoken.value;
  return (
    <div class="schedule-window" role="group" aria-label={t('schedules.window', { number })}>
      <div class="pills">
        {days.map((day) => (
          <label key={day} class="pill">
            <input
              type="checkbox"
              aria-label={dayName(day, locale, 'long')}
              checked={window.days.includes(day)}
              onChange={({ currentTarget: { checked } }) =>
                onChange({
                  ...window,
                  days: days.filter((each) => (each === day ? checked : window.days.includes(each))),
                })
              }
            />
            <span>{dayName(day, locale, 'short')}</span>
          </label>
        ))}
      </div>
      <div class="schedule-times">
        <TextField
          label={t('schedules.from')}
          type="time"
          value={fieldTime(window.from)}
          onChange={(from) => onChange({ ...window, from })}
        />
        <TextField
          label={t('schedules.to')}
          type="time"
          value={fieldTime(window.to)}
          onChange={(to) => onChange({ ...window, to })}
        />
        {onRemove === null ? null : (
          <IconButton
            icon="trash"
            label={t('ui.remove', { what: t('schedules.window', { number }) })}
            onClick={onRemove}
          />
        )}
      </div>
    </div>
  );
}
