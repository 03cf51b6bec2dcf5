// The last look before saving: what was changed, and who loses and gains what by it.
import { useEffect, useState } from 'preact/hooks';
import type { BarringPreview } from '../../../http/api/routes/barring.ts';
import { api } from '../../api/client.ts';
import { asProblem, type ApiProblem } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { Button } from '../../components/button.tsx';
import { ChangeList, type ChangeLine } from '../../components/change-preview.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Note } from '../../components/note.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { toast } from '../../components/toast.tsx';
import { formatList } from '../../i18n/format.ts';
import { settingName } from '../../i18n/named.ts';
import { said } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { draftSize, heldPlace, proposalOf, wordsOf, type Draft, type Editing } from './draft.ts';
import { itemLabel, levelLabel, placeLabel, regionLabel } from './names.ts';

/** Countries that one sentence names. */
const NAMED_MAX = 5;

interface ReviewProps extends Pick<Editing, 'held' | 'draft'> {
  readonly onClose: () => void;
  readonly onSaved: () => void;
  /** Reads again what somebody else has changed. */
  readonly onReload: () => void;
}

export function Review({ held, draft, onClose, onSaved, onReload }: ReviewProps) {
  const { preview, problem } = usePreview(draft);
  const saving = useAction(async () => {
    await api.patch('/barring', proposalOf(draft));
    toast(t('ui.saved'));
    onSaved();
  });
  const footer = (
    <>
      <Button onClick={onClose}>{t('barring.keepEditing')}</Button>
      <Button kind="primary" busy={saving.busy} disabled={preview === null} onClick={() => void saving.run()}>
        {t('barring.saveChanges', { count: draftSize(draft) })}
      </Button>
    </>
  );
  const isStale = saving.problem?.code === 'stale' || saving.problem?.code === 'if-match-missing';
  return (
    <Dialog title={t('barring.reviewTitle')} onClose={onClose} footer={footer} wide>
      <h3>{t('barring.reviewChanges')}</h3>
      <ChangeList changes={draftLines({ held, draft })} />
      <h3>{t('barring.reviewEffect')}</h3>
      <div aria-live="polite">
        {problem !== null ? <ProblemNote problem={problem} /> : null}
        {preview !== null ? <Effect preview={preview} /> : null}
        {preview === null && problem === null ? <Spinner label={t('barring.reviewing')} /> : null}
      </div>
      {saving.problem === null ? null : (
        <ProblemNote problem={saving.problem} onRetry={isStale ? onReload : undefined} />
      )}
    </Dialog>
  );
}

function usePreview(draft: Draft) {
  const [preview, setPreview] = useState<BarringPreview | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    setPreview(null);
    setProblem(null);
    api
      .post<BarringPreview>('/preview', proposalOf(draft), { signal: ending.signal })
      .then(setPreview, (error: unknown) => {
        if (!ending.signal.aborted) setProblem(asProblem(error));
      });
    return () => ending.abort();
  }, [draft]);
  return { preview, problem };
}

function draftLines({ held, draft }: Pick<Editing, 'held' | 'draft'>): readonly ChangeLine[] {
  const countryState = (state: string | null) =>
    state === null
      ? t('barring.stateLevel')
      : state === 'allow'
        ? t('barring.stateAllow')
        : t('barring.stateDeny');
  const before = (region: string) => held.countries.find((row) => row.region === region)?.state ?? null;
  return [
    ...[...draft.settings].map(([key, words]) => ({
      what: settingName(key),
      before: settingText(key, wordsOf(held, key)),
      after: settingText(key, words),
    })),
    ...[...draft.countries].map(([region, state]) => ({
      what: regionLabel(region),
      before: countryState(before(region)),
      after: countryState(state),
    })),
    ...[...draft.places].map(([region, place]) => ({
      what: t('barring.listOf', { country: regionLabel(region) }),
      before: placeLabel(heldPlace(held, region).level),
      after: placeLabel(place.level),
    })),
  ];
}

/** A value as the page writes it. */
export function settingText(key: string, words: readonly string[]): string {
  if (words.length === 0) return t('barring.none');
  const [word = ''] = words;
  if (key === 'level') return levelLabel(word);
  if (key === 'home-region') return regionLabel(word);
  if (key === 'premium-classes') return formatList(words.map((name) => itemLabel(`premium:${name}`)));
  if (word === 'on') return t('ui.on');
  if (word === 'off') return t('ui.off');
  return formatList(words.map((each) => tOr(`barring.value_${key.replaceAll('-', '_')}_${each}`, each)));
}

function someItems(items: readonly string[]): string {
  const names = items.slice(0, NAMED_MAX).map(itemLabel);
  const more = items.length - names.length;
  return formatList(more > 0 ? [...names, t('barring.moreItems', { count: more })] : names);
}

type People = BarringPreview['effect']['people'][number];

function peopleLines({ count, loses, gains, pin, extensions }: People): readonly ChangeLine[] {
  const who =
    formatList(extensions.slice(0, NAMED_MAX)) +
    (count > NAMED_MAX ? ` ${t('ui.andMore', { count: count - NAMED_MAX })}` : '');
  const line = (key: 'effectLose' | 'effectGain' | 'effectPin', items: readonly string[]): ChangeLine[] =>
    items.length === 0
      ? []
      : [
          {
            tone: key === 'effectLose' ? 'bad' : key === 'effectGain' ? 'good' : 'warn',
            what: (
              <>
                <strong>{t(`barring.${key}`, { count, what: someItems(items) })}</strong>{' '}
                <span class="quiet">{who}</span>
              </>
            ),
          },
        ];
  return [...line('effectLose', loses), ...line('effectGain', gains), ...line('effectPin', pin)];
}

function Effect({ preview: { effect, notices, observed, changes } }: { readonly preview: BarringPreview }) {
  const lines = effect.people.flatMap(peopleLines);
  const { loses, gains } = effect.unknown;
  const strangers: readonly ChangeLine[] = [
    ...(loses.length === 0
      ? []
      : [{ what: t('barring.unknownLose', { what: someItems(loses) }), tone: 'bad' as const }]),
    ...(gains.length === 0
      ? []
      : [{ what: t('barring.unknownGain', { what: someItems(gains) }), tone: 'warn' as const }]),
  ];
  const rest = effect.others + effect.unexamined;
  return (
    <>
      {changes.length === 0 ? <Note>{t('ui.nothingChanged')}</Note> : null}
      {observed ? <Note>{t('barring.observedEffect')}</Note> : null}
      {lines.length + strangers.length === 0 ? (
        <p>{t('barring.nobodyConcerned')}</p>
      ) : (
        <ChangeList changes={[...lines, ...strangers]} />
      )}
      {rest > 0 ? <p class="quiet">{t('barring.effectOthers', { count: rest })}</p> : null}
      {notices.length === 0 ? null : (
        <Note>
          <ul>
            {notices.map((notice) => (
              <li key={notice}>{said(notice)}</li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
