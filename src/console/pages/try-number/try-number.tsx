// The page “Try a number”: who dials what, when and how; the answer is the very decision that live calls get.
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { useResource } from '../../api/use-resource.ts';
import { ComboBox } from '../../components/combobox.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { t } from '../../i18n/t.tsx';
import type { ListedUser } from '../users/users.tsx';
import { Answer, type Check } from './answer.tsx';
import './try-number.css';
import '../users/field-row.css';
import { WhoMay } from './who-may.tsx';

/** What is asked, as the address of the page holds it: `?number=…&from=…&at=…`, times in milliseconds. */
type Question = Readonly<
  Record<'number' | 'from' | 'via' | 'at' | 'pin' | 'outsideCaller' | 'language', string>
>;

const keys = ['number', 'from', 'via', 'at', 'pin', 'outsideCaller', 'language'] as const;
const isWay = (word: string) => ['direct', 'forward', 'transfer'].includes(word);

function questionOf(query: Readonly<Record<string, string>>): Question {
  const read = Object.fromEntries(keys.map((key) => [key, query[key] ?? '']));
  const via = isWay(query['via'] ?? '') ? query['via'] : 'direct';
  return { ...emptyQuestion, ...read, via: via ?? 'direct' };
}

const emptyQuestion: Question = {
  number: '',
  from: '',
  via: 'direct',
  at: '',
  pin: '',
  outsideCaller: '',
  language: '',
};

function addressOf(question: Question): string {
  const given = Object.entries(question).filter(
    ([key, word]) => word !== '' && !(key === 'via' && word === 'direct'),
  );
  return `/try?${new URLSearchParams(given).toString()}`;
}

export default function TryNumberPage() {
  const { query, route } = useLocation();
  const asked = questionOf(query);
  const [draft, setDraft] = useState(asked);
  const address = addressOf(asked);
  useEffect(() => setDraft(asked), [address]);
  const check = useResource<Check>(asked.number === '' ? null : '/check', { ...asked });
  const submit = () => {
    const wanted = addressOf({ ...draft, number: draft.number.trim() });
    if (wanted === address) check.reload();
    else route(wanted);
  };
  return (
    <Page title={t('tryNumber.title')} lead={t('tryNumber.lead')}>
      <Section>
        <Form
          action={{ run: submit, busy: asked.number !== '' && check.loading, problem: null }}
          submit={t('tryNumber.try')}
          unchanged={draft.number.trim() === ''}
        >
          <QuestionFields draft={draft} onChange={setDraft} />
        </Form>
      </Section>
      {asked.number === '' ? null : (
        <div class="answers" aria-live="polite">
          <Loaded of={check}>{(answer) => <Answer check={answer} from={asked.from} />}</Loaded>
          <WhoMay number={asked.number} at={asked.at} />
        </div>
      )}
    </Page>
  );
}

interface QuestionFieldsProps {
  readonly draft: Question;
  readonly onChange: (draft: Question) => void;
}

function QuestionFields({ draft, onChange }: QuestionFieldsProps) {
  const { data } = useResource<{ readonly rows: readonly ListedUser[] }>('/extensions', {
    search: draft.from,
    limit: 50,
  });
  const users = (data?.rows ?? []).map(({ extension, name }) => ({
    value: extension,
    label: extension,
    hint: name,
  }));
  const set = (key: keyof Question) => (value: string) => onChange({ ...draft, [key]: value });
  const atText = draft.at === '' ? '' : fieldTime(Number(draft.at));
  const more = [draft.pin, draft.outsideCaller, draft.language].some((word) => word !== '');
  return (
    <>
      <div class="field-row">
        <TextField
          label={t('tryNumber.number')}
          hint={t('tryNumber.numberHint')}
          value={draft.number}
          onChange={set('number')}
          type="tel"
          maxLength={200}
          required
          autofocus
        />
        <ComboBox
          label={t('tryNumber.from')}
          hint={t('tryNumber.fromHint')}
          value={draft.from}
          options={users}
          onChange={set('from')}
          free
        />
      </div>
      <div class="field-row">
        <SelectField
          label={t('tryNumber.via')}
          value={draft.via}
          onChange={set('via')}
          options={[
            { value: 'direct', label: t('tryNumber.via-direct') },
            { value: 'forward', label: t('tryNumber.via-forward') },
            { value: 'transfer', label: t('tryNumber.via-transfer') },
          ]}
        />
        <TextField
          label={t('tryNumber.at')}
          hint={t('tryNumber.atHint')}
          type="datetime-local"
          value={atText}
          onChange={(text) => {
            const atMs = new Date(text).getTime();
            set('at')(Number.isNaN(atMs) ? '' : String(atMs));
          }}
        />
      </div>
      <Disclosure summary={t('ui.more')} open={more}>
        <div class="field-row">
          <TextField
            label={t('tryNumber.pin')}
            hint={t('tryNumber.pinHint')}
            value={draft.pin}
            onChange={set('pin')}
          />
          <TextField
            label={t('tryNumber.outsideCaller')}
            hint={t('tryNumber.outsideCallerHint')}
            value={draft.outsideCaller}
            onChange={set('outsideCaller')}
          />
          <TextField
            label={t('tryNumber.language')}
            hint={t('tryNumber.languageHint')}
            value={draft.language}
            onChange={set('language')}
          />
        </div>
      </Disclosure>
    </>
  );
}

/** As the browser's field wants it, in the time zone of the browser. */
function fieldTime(atMs: number): string {
  if (!Number.isFinite(atMs)) return '';
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
