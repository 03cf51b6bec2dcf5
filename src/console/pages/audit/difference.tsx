// Before and after of one record in words: what came, what went, and each field that is different.
import type { ComponentChildren } from 'preact';
import { countryName, formatDuration, formatList, formatMoment } from '../../i18n/format.ts';
import { spoken } from '../../i18n/language.ts';
import { pickupRoleName, pickupRoleOf, settingName } from '../../i18n/named.ts';
import { said, saidWord } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { windowLabel } from '../schedules/windows.ts';

/** Fields and items that are shown; the rest is counted. */
const SHOWN_MAX = 8;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const REGION = /^[A-Z]{2}$/;
const WINDOW = /^(?:daily|[a-z]{3}(?:[-,][a-z]{3})*) \d\d:\d\d-\d\d:\d\d$/;
/** Fields that hold countries; in others two letters may be somebody's name. */
const countryFields = new Set([
  'countries',
  'country',
  'region',
  'target',
  'low',
  'medium',
  'high',
  'neighbours',
]);

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was changed: a setting by the name that its page has for it, a country by its own, else as the daemon says it. */
export function subjectText(action: string, subject: string): string {
  if (action === 'setting-changed') return settingName(subject);
  return REGION.test(subject) ? countryName(subject) : said(subject);
}

const isNothing = (value: unknown) => value === null || value === undefined || value === '';

export function Difference({
  record,
}: {
  readonly record: {
    readonly action: string;
    readonly subject: string;
    readonly before: unknown;
    readonly after: unknown;
  };
}) {
  const { action, subject, before, after } = record;
  if (isFields(before) && isFields(after)) return <Moved before={withRole(before)} after={withRole(after)} />;
  if (before === null && isFields(after))
    return <Added fields={after} word={action.endsWith('-added') ? t('audit.added') : ''} />;
  if (after === null && isFields(before)) return <Added fields={before} word={t('audit.removed')} />;
  if (isNothing(after)) return <>{t('audit.removed')}</>;
  return <Step name="" kind={subject === 'home-region' ? 'country' : ''} before={before} after={after} />;
}

function Moved({ before, after }: { readonly before: Fields; readonly after: Fields }) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return (
    <ul class="differences">
      {keys.slice(0, SHOWN_MAX).map((key) => (
        <li key={key}>
          <Step name={key} before={before[key]} after={after[key]} />
        </li>
      ))}
      {keys.length > SHOWN_MAX ? <li>{t('ui.andMore', { count: keys.length - SHOWN_MAX })}</li> : null}
    </ul>
  );
}

function Step({
  name,
  kind = name,
  before,
  after,
}: {
  readonly name: string;
  /** What its value is, where no name is shown. */
  readonly kind?: string;
  readonly before: unknown;
  readonly after: unknown;
}) {
  const label: ComponentChildren = name === '' ? null : <span class="quiet">{wordsOf(name)}: </span>;
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [before.map((one) => valueText(kind, one)), after.map((one) => valueText(kind, one))];
    const came = now.filter((one) => !old.includes(one));
    const went = old.filter((one) => !now.includes(one));
    return (
      <>
        {label}
        {came.length === 0 ? null : <ins>+ {someOf(came)}</ins>}{' '}
        {went.length === 0 ? null : <del>− {someOf(went)}</del>}
      </>
    );
  }
  return (
    <>
      {label}
      <del>{valueText(kind, before)}</del> → <ins>{valueText(kind, after)}</ins>
    </>
  );
}

function Added({ fields, word }: { readonly fields: Fields; readonly word: string }) {
  const told = Object.entries(withRole(fields)).filter(
    ([, value]) =>
      !isNothing(value) &&
      value !== false &&
      value !== 'inherit' &&
      !(Array.isArray(value) && value.length === 0),
  );
  const texts = told.map(([key, value]) => `${wordsOf(key)} ${valueText(key, value)}`);
  return <>{[word, texts.length === 0 ? '' : someOf(texts)].filter(Boolean).join(': ')}</>;
}

function someOf(words: readonly string[]): string {
  const more = words.length - SHOWN_MAX;
  const shown = words.slice(0, SHOWN_MAX);
  return formatList(more > 0 ? [...shown, t('ui.andMore', { count: more })] : shown);
}

/** What a member of a pickup group may do in one word, as the page of the group has it. */
function withRole(fields: Fields): Fields {
  const { interceptor, target, ...others } = fields;
  if (typeof interceptor !== 'boolean' || typeof target !== 'boolean') return fields;
  return { ...others, role: pickupRoleName(pickupRoleOf({ interceptor, target })) };
}

/** `anyPickup` is `any pickup`, `untilMs` is `until`, `alertAfterS` is `alert after`. */
const wordsOf = (key: string) =>
  saidWord(
    'field',
    key.replace(/(?:Ms|S)$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  );

function valueText(key: string, value: unknown): string {
  if (isNothing(value)) return t('audit.nothing');
  if (typeof value === 'boolean') return value ? t('ui.on') : t('ui.off');
  if (Array.isArray(value)) {
    return value.length === 0 ? t('audit.nothing') : someOf(value.map((one) => valueText(key, one)));
  }
  if (isFields(value)) {
    const told = Object.entries(withRole(value)).filter(([, inner]) => !isNothing(inner));
    return told.map(([name, inner]) => `${wordsOf(name)} ${valueText(name, inner)}`).join(', ');
  }
  if (typeof value === 'number' && key.endsWith('S')) return formatDuration(value * 1000);
  if (typeof value === 'number' && key.endsWith('Ms')) {
    return key === 'fromMs' || key === 'untilMs' || key === 'endsMs'
      ? formatMoment(value)
      : formatDuration(value);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (ISO_TIME.test(text)) return formatMoment(Date.parse(text));
  if (REGION.test(text) && countryFields.has(key)) return countryName(text);
  if (WINDOW.test(text)) return windowLabel(text, spoken.value.locale);
  if (key !== 'limit') return saidWord('value', said(text));
  const [measure = '', amount = ''] = text.split(' ');
  return `${saidWord('measure', measure)} ${amount}`;
}
