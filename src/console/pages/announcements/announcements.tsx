// Announcements: what callers hear for each reason, in every language or in one.
import { useState } from 'preact/hooks';
import type { Announcement } from '../../../http/api/routes/schedules.ts';
import { api, tagOf } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ComboBox } from '../../components/combobox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SearchField, TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { plainText } from '../../i18n/format.ts';
import { refusalName } from '../../i18n/named.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';

type Heard = Pick<Announcement, 'reason' | 'language' | 'sound'>;
type Outcome = Parameters<typeof toastOutcome>[0];

/** Reasons of refused calls have their words elsewhere. */

const put = (reason: string, body: Pick<Announcement, 'language'> & { readonly sound: string | null }) =>
  api.put<Outcome>(`/announcements/${reason}`, body, tagOfList());

/** The guard is the whole list, as the page shows it. */
const tagOfList = () => {
  const tag = tagOf('/announcements');
  return tag === undefined ? {} : { ifMatch: tag };
};

export default function AnnouncementsPage() {
  const found = useResource<{ readonly announcements: readonly Announcement[] }>('/announcements');
  const [text, setText] = useState('');
  const [editing, setEditing] = useState<Heard | null>(null);
  const resetting = useAction(async ({ reason, language }: Heard) => {
    toastOutcome(await put(reason, { language, sound: null }));
    found.reload();
  });
  const editable = may('system.write');
  const fits = (row: Announcement) =>
    plainText(`${refusalName(row.reason)} ${row.reason} ${row.sound}`).includes(plainText(text.trim()));
  return (
    <Page
      title={t('announcements.title')}
      lead={t('announcements.lead')}
      up={{ href: '/barring', title: t('barring.title') }}
    >
      {resetting.problem === null ? null : <ProblemNote problem={resetting.problem} onRetry={found.reload} />}
      <Section flush>
        <Toolbar>
          <SearchField value={text} onChange={setText} />
        </Toolbar>
        <Loaded of={found}>
          {({ announcements }) => (
            <Table
              label={t('announcements.title')}
              rows={announcements.filter(fits)}
              rowKey={(row) => `${row.reason} ${row.language ?? ''}`}
              columns={columnsFor(
                editable ? { edit: setEditing, reset: (row) => void resetting.run(row) } : null,
              )}
            />
          )}
        </Loaded>
      </Section>
      {editing === null ? null : (
        <EditSound heard={editing} onClose={() => setEditing(null)} onSaved={found.reload} />
      )}
    </Page>
  );
}

interface Doing {
  readonly edit: (row: Heard) => void;
  readonly reset: (row: Heard) => void;
}

const isShipped = ({ language, sound, standard }: Announcement) => language === null && sound === standard;

function columnsFor(doing: Doing | null): readonly Column<Announcement>[] {
  return [
    {
      key: 'reason',
      title: t('announcements.reason'),
      render: ({ reason }) => refusalName(reason),
    },
    {
      key: 'language',
      title: t('announcements.language'),
      render: ({ language }) => language ?? t('announcements.everyLanguage'),
    },
    {
      key: 'sound',
      title: t('announcements.sound'),
      render: (row) => (
        <span class="badges">
          {row.sound === '' ? t('announcements.silence') : <code>{row.sound}</code>}
          {isShipped(row) ? null : <Badge tone="info">{t('announcements.own')}</Badge>}
        </span>
      ),
    },
    ...(doing === null
      ? []
      : [
          {
            key: 'actions',
            title: t('barring.change'),
            bare: true,
            render: (row: Announcement) => {
              const label = refusalName(row.reason);
              return (
                <span class="actions">
                  <Button
                    kind="quiet"
                    label={`${t('announcements.edit')}: ${label}`}
                    onClick={() => doing.edit(row)}
                  >
                    {t('announcements.edit')}
                  </Button>
                  {isShipped(row) ? null : (
                    <Button
                      kind="quiet"
                      label={`${t('announcements.reset')}: ${label}`}
                      onClick={() => doing.reset(row)}
                    >
                      {t('announcements.reset')}
                    </Button>
                  )}
                </span>
              );
            },
          },
        ]),
  ];
}

interface EditSoundProps {
  readonly heard: Heard;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function EditSound({ heard, onClose, onSaved }: EditSoundProps) {
  const sounds = useResource<{ readonly sounds: Readonly<Record<string, string>> }>('/announcements/sounds');
  const [sound, setSound] = useState(heard.sound);
  const [language, setLanguage] = useState(heard.language ?? '');
  const saving = useAction(async () => {
    const body = { sound: sound.trim() === '' ? 'none' : sound.trim(), language: language.trim() || null };
    toastOutcome(await put(heard.reason, body));
    onSaved();
    onClose();
  });
  return (
    <Dialog title={refusalName(heard.reason)} onClose={onClose}>
      <Form
        action={saving}
        onReload={() => {
          saving.clear();
          onSaved();
        }}
        onCancel={onClose}
      >
        <ComboBox
          label={t('announcements.sound')}
          hint={t('announcements.soundHint')}
          value={sound}
          free
          options={Object.entries(sounds.data?.sounds ?? {}).map(([value, hint]) => ({
            value,
            label: value,
            hint,
          }))}
          onChange={setSound}
        />
        <TextField
          label={t('announcements.language')}
          hint={t('announcements.languageHint')}
          value={language}
          disabled={heard.language !== null}
          onChange={setLanguage}
        />
      </Form>
    </Dialog>
  );
}
