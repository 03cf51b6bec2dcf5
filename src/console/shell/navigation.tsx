// The list of pages: those that the account may see, in groups; on a phone it opens over the page.
import { useLocation } from 'preact-iso';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/t.tsx';
import { pages, type Page } from '../pages.ts';
import type { Me } from './session.ts';

const groups = [
  ['watch', 'shell.groupWatch'],
  ['policy', 'shell.groupPolicy'],
  ['house', 'shell.groupHouse'],
] as const;

/** `/users/1001` belongs to `/users`. */
function isCurrent(page: Page, path: string): boolean {
  return path === page.path || path.startsWith(`${page.path}/`);
}

export function Navigation({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const { path } = useLocation();
  const seen = pages.filter((page) => page.needs.every((right) => me.rights.includes(right)));
  return (
    <nav
      id="navigation"
      class="navigation"
      aria-label={t('shell.navigation')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        onClose();
        document.getElementById('menu-button')?.focus();
      }}
    >
      {groups.map(([group, title]) => {
        const members = seen.filter((page) => page.group === group);
        if (members.length === 0) return null;
        return (
          <section key={group}>
            <h2 id={`nav-${group}`}>{t(title)}</h2>
            <ul aria-labelledby={`nav-${group}`}>
              {members.map((page) => (
                <li key={page.path}>
                  <a href={page.path} aria-current={isCurrent(page, path) ? 'page' : undefined}>
                    {page.icon ? <Icon name={page.icon} /> : null}
                    <span>{t(page.title)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
