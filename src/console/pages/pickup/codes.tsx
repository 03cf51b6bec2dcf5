// The codes of pickup in words, and below them its settings.
import { useResource } from '../../api/use-resource.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { t, tWith } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { SettingFields, valuesOf, type Settings } from './pickup-settings.tsx';

export function Codes() {
  const settings = useResource<Settings>('/settings');
  return (
    <Loaded of={settings}>
      {(data) => {
        const values = valuesOf(data);
        const { groupCode, directedCode, anyCode } = values;
        const told = [
          tWith('pickup.groupCode', { code: <Code>{groupCode}</Code> }),
          tWith('pickup.otherGroupCode', { code: <Code>{groupCode}</Code> }),
          tWith('pickup.directedCode', { code: <Code>{directedCode}</Code> }),
          tWith('pickup.anyCode', { code: <Code>{anyCode}</Code> }),
        ];
        return (
          <>
            <Section title={t('pickup.codes')} lead={t('pickup.codesLead')}>
              <ul>
                {told.map((sentence, place) => (
                  <li key={place}>{sentence}</li>
                ))}
              </ul>
            </Section>
            {may('system.write') ? (
              <Section title={t('pickup.settings')} lead={t('pickup.settingsLead')}>
                <SettingFields key={JSON.stringify(values)} before={values} onReload={settings.reload} />
              </Section>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

const Code = ({ children }: { readonly children: string }) => <strong class="number">{children}</strong>;
