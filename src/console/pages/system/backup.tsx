// A copy of the whole database as one file, and how to put it back.
import { fetchFile } from '../../api/fetch-file.ts';
import { useAction } from '../../api/use-action.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { t } from '../../i18n/t.tsx';

export function Backup() {
  const take = useAction(() => fetchFile('/backup', 'callwarden.db'));
  return (
    <Section title={t('system.backup')} lead={t('system.backupLead')}>
      {take.problem === null ? null : <ProblemNote problem={take.problem} />}
      <div class="actions">
        <Button icon="download" busy={take.busy} onClick={() => void take.run()}>
          {t('system.takeBackup')}
        </Button>
      </div>
      <p class="quiet">{t('system.restoreText')}</p>
      <pre>
        <code>callwarden restore callwarden-….db</code>
      </pre>
    </Section>
  );
}
