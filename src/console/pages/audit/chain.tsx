// Whether the chain of audit records is whole: asked when the page opens, and again at a press.
import type { z } from 'zod';
import type { verdictForm } from '../../../http/api/routes/audit.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button } from '../../components/button.tsx';
import { Note } from '../../components/note.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';

type Verdict = z.infer<typeof verdictForm>;

export function Chain() {
  const { data, problem, loading, reload } = useResource<Verdict>('/audit/verify');
  if (data === null) {
    return problem === null ? (
      <Spinner label={t('audit.verifying')} />
    ) : (
      <ProblemNote problem={problem} onRetry={reload} />
    );
  }
  const isGood = data.whole && data.signature !== 'bad';
  return (
    <Note tone={isGood ? 'good' : 'bad'} title={isGood ? t('audit.whole') : t('audit.broken')}>
      <p>
        {data.whole
          ? t('audit.wholeText', { count: data.records })
          : t('audit.brokenText', { seq: data.brokenAtSeq ?? 0, problem: said(data.problem) })}{' '}
        {signatureText(data)}
      </p>
      <Button kind="quiet" busy={loading} onClick={reload}>
        {t('audit.verifyAgain')}
      </Button>
    </Note>
  );
}

function signatureText({ signature, signedSeq, signedAtMs }: Verdict): string {
  const values = { seq: signedSeq ?? 0, time: signedAtMs === null ? '' : formatMoment(signedAtMs) };
  switch (signature) {
    case 'good':
      return t('audit.signedGood', values);
    case 'bad':
      return t('audit.signedBad');
    case 'unchecked':
      return t('audit.signedUnchecked', values);
    case 'none':
      return t('audit.signedNone');
  }
}
