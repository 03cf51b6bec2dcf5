// The header: menu on a phone, which PBX this is, the state of its links, and who is signed in with his preferences.
import { SelectField } from '../components/fields.tsx';
import { Icon } from '../components/icon.tsx';
import { chooseLanguage, languages, spoken } from '../i18n/language.ts';
import { t } from '../i18n/t.tsx';
import { LinkState } from './link-state.tsx';
import { signOut, type Me } from './session.ts';
import { chooseTheme, theme, themes } from './theme.ts';

interface HeaderProps {
  readonly me: Me;
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
}

export function Header({ me, menuOpen, onMenu }: HeaderProps) {
  return (
    <header class="header">
      <button
        type="button"
        id="menu-button"
        class="icon-button menu-button"
        aria-expanded={menuOpen}
        aria-controls="navigation"
        aria-label={menuOpen ? t('shell.closeMenu') : t('shell.menu')}
        onClick={onMenu}
      >
        <Icon name={menuOpen ? 'close' : 'menu'} />
      </button>
      <a class="brand" href="/">
        <Icon name="shield" />
        <span>{t('shell.product')}</span>
      </a>
      <span class="spring" />
      {me.rights.includes('live.read') ? <LinkState /> : null}
      <Preferences me={me} />
    </header>
  );
}

function Preferences({ me }: { readonly me: Me }) {
  return (
    <>
      <button
        type="button"
        class="person-button"
        popovertarget="preferences"
        aria-label={`${t('shell.preferences')}: ${me.name}`}
      >
        <Icon name="person" />
        <span class="person-name">{me.name}</span>
      </button>
      <div id="preferences" popover="auto" class="preferences">
        <p class="quiet">{t(me.via === 'board' ? 'shell.boardOf' : 'shell.signedInAs', { name: me.name })}</p>
        <SelectField
          label={t('shell.language')}
          value={spoken.value.language}
          options={languages}
          onChange={(language) => void chooseLanguage(language)}
        />
        <SelectField
          label={t('shell.theme')}
          value={theme.value}
          options={themes.map((name) => ({ value: name, label: t(themeWords[name]) }))}
          onChange={chooseTheme}
        />
        {me.via === 'board' ? null : (
          <a class="menu-item" href="/account">
            <Icon name="person" /> {t('account.title')}
          </a>
        )}
        <button type="button" class="menu-item" onClick={() => void signOut()}>
          <Icon name="leave" /> {t('shell.signOut')}
        </button>
      </div>
    </>
  );
}

const themeWords = {
  auto: 'shell.themeAuto',
  light: 'shell.themeLight',
  dark: 'shell.themeDark',
  contrast: 'shell.themeContrast',
} as const;
