// What stands in the place of a page: none at this address, none for this account, or one that has failed.
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { Button } from '../components/button.tsx';
import { Empty } from '../components/empty.tsx';
import { Page } from '../components/page.tsx';
import { formatList } from '../i18n/format.ts';
import { t } from '../i18n/t.tsx';
import { pages } from '../pages.ts';
import { rightName, type Right } from './rights.ts';
import type { Me } from './session.ts';

export function NotFound() {
  return (
    <Page title={t('shell.notFoundTitle')}>
      <Empty
        title={t('shell.notFoundText')}
        action={
          <a class="button" href="/">
            {t('shell.home')}
          </a>
        }
      />
    </Page>
  );
}

export function NoRight({ needs }: { readonly needs: readonly Right[] }) {
  const names = needs.map(rightName);
  return (
    <Page title={t('shell.noRightTitle')}>
      <Empty title={t('shell.noRightText', { rights: formatList(names) })} />
    </Page>
  );
}

export function BrokenPage({ error }: { readonly error: Error }) {
  return (
    <Page title={t('shell.brokenTitle')}>
      <Empty
        title={t('shell.brokenText', { message: error.message })}
        action={<Button onClick={() => location.reload()}>{t('shell.reload')}</Button>}
      />
    </Page>
  );
}

/** Leads to the first page that the account may see. */
export function Welcome({ me }: { readonly me: Me }) {
  const { route } = useLocation();
  const first = pages.find(
    ({ group, needs }) => group !== undefined && needs.every((right) => me.rights.includes(right)),
  );
  useEffect(() => {
    if (first !== undefined) route(first.path, true);
  }, [first?.path]);
  if (first !== undefined) return null;
  return (
    <Page title={t('shell.product')}>
      <Empty title={t('shell.noPagesText')} />
    </Page>
  );
}
