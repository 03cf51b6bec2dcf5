// Protection, mode, barring level and the classes of numbers that cost extra.
import { useState } from 'preact/hooks';
import type { Level } from '../../../http/api/routes/countries.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceCards, SwitchField } from '../../components/choices.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/page.tsx';
import { compareText, formatList } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { draftClasses, draftWords, premiumClasses, withClasses, withWords, type Editing } from './draft.ts';
import { LevelLists } from './level-lists.tsx';
import { classKey, levelLabel, regionLabel } from './names.ts';

/** Countries that the information icon of a level names; all of them stand in its dialog. */
const NAMED_MAX = 60;

export function ProtectionSection({ held, draft, setDraft, editable }: Editing) {
  const isOn = draftWords(held, draft, 'protection')[0] === 'on';
  const mode = draftWords(held, draft, 'mode')[0] ?? 'enforce';
  return (
    <Section title={t('barring.protectionTitle')} lead={t('barring.protectionLead')}>
      <SwitchField
        label={t('barring.setProtection')}
        text={t('barring.protectionText')}
        checked={isOn}
        disabled={!editable}
        onChange={(on) => setDraft(withWords(held, draft, 'protection', [on ? 'on' : 'off']))}
      />
      {isOn ? null : <Note tone="warn">{t('barring.protectionOff')}</Note>}
      <ChoiceCards
        label={t('barring.setMode')}
        value={mode}
        across
        disabled={!editable}
        choices={[
          { value: 'enforce', label: t('barring.value_mode_enforce'), text: t('barring.modeEnforceText') },
          { value: 'observe', label: t('barring.value_mode_observe'), text: t('barring.modeObserveText') },
        ]}
        onChange={(value) => setDraft(withWords(held, draft, 'mode', [value]))}
      />
    </Section>
  );
}

export function LevelSection({
  levels,
  held,
  draft,
  setDraft,
  editable,
}: Editing & { readonly levels: readonly Level[] }) {
  const [shown, setShown] = useState<string | null>(null);
  const level = draftWords(held, draft, 'level')[0] ?? 'closed';
  return (
    <Section
      title={t('barring.setLevel')}
      lead={t('barring.levelLead')}
      actions={
        <Button icon={editable ? 'edit' : 'list'} onClick={() => setShown(level)}>
          {t(editable ? 'barring.changeLists' : 'barring.levelCountries')}
        </Button>
      }
    >
      <ChoiceCards
        label={t('barring.setLevel')}
        bare
        value={level}
        disabled={!editable}
        choices={levels.map((row) => ({
          value: row.level,
          label: levelLabel(row.level),
          text: (
            <>
              {tOr(`barring.opens_${row.level}`, row.opens)}{' '}
              <strong>{t('barring.destinations', { count: row.countries })}</strong>
            </>
          ),
          info: {
            about: levelLabel(row.level),
            text: (
              <>
                <LevelNames row={row} />
                <Button kind="quiet" icon={editable ? 'edit' : 'list'} onClick={() => setShown(row.level)}>
                  {t(editable ? 'barring.changeLists' : 'barring.levelCountries')}
                </Button>
              </>
            ),
          },
        }))}
        onChange={(value) => setDraft(withWords(held, draft, 'level', [value]))}
      />
      {shown === null ? null : (
        <LevelLists
          level={shown}
          editing={{ held, draft, setDraft, editable }}
          onClose={() => setShown(null)}
        />
      )}
    </Section>
  );
}

function LevelNames({ row }: { readonly row: Level }) {
  if (row.regions.length === 0) return <p>{t('barring.levelOpensNone')}</p>;
  const names = row.regions.map(regionLabel).toSorted(compareText);
  const more = names.length - NAMED_MAX;
  const told = more > 0 ? [...names.slice(0, NAMED_MAX), t('barring.moreItems', { count: more })] : names;
  return <p>{formatList(told)}</p>;
}

export function PremiumSection({ held, draft, setDraft, editable }: Editing) {
  const on = draftClasses(held, draft);
  return (
    <Section title={t('barring.premiumTitle')} lead={t('barring.premiumLead')}>
      {premiumClasses.map((name) => (
        <SwitchField
          key={name}
          label={tOr(`barring.${classKey(name)}`, name)}
          text={tOr(`barring.${classKey(name)}Text`, '')}
          checked={on.includes(name)}
          disabled={!editable}
          onChange={(checked) =>
            setDraft(
              withClasses(
                held,
                draft,
                premiumClasses.filter((each) => (each === name ? checked : on.includes(each))),
              ),
            )
          }
        />
      ))}
    </Section>
  );
}
