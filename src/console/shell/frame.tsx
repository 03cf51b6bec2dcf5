// The frame round every page: link to skip it, header, navigation, and the page itself with its errors caught.
import { ErrorBoundary, Route, Router, lazy, useLocation } from 'preact-iso';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { pages, type Page } from '../pages.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { BrokenPage, NoRight, NotFound, Welcome } from './other-pages.tsx';
import type { Me } from './session.ts';

const routes = pages.map((page) => ({ page, component: lazy(page.load) }));

export function maySee(page: Page, me: Me): boolean {
  return page.needs.every((right) => me.rights.includes(right));
}

export function Frame({ me }: { readonly me: Me }) {
  const [menuOpen, setMenuOpen] = useState(false);
  const [broken, setBroken] = useState<Error | null>(null);
  const [loading, setLoading] = useState(false);
  const { url } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // Made once: a component of a new identity would be another page.
  const shown = useMemo(
    () => [
      <Route path="/" component={() => <Welcome me={me} />} />,
      ...routes.map(({ page, component }) => (
        <Route
          path={page.path}
          component={maySee(page, me) ? component : () => <NoRight needs={page.needs} />}
        />
      )),
      <Route default component={NotFound} />,
    ],
    [me],
  );

  useEffect(() => {
    setMenuOpen(false);
    setBroken(null);
  }, [url]);

  // A new page is read from its beginning, by eyes and by screen readers alike.
  const arrived = () => {
    setLoading(false);
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  };

  return (
    <div class="frame" data-menu={menuOpen ? 'open' : 'closed'}>
      <a class="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Header me={me} menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
      <Navigation me={me} onClose={() => setMenuOpen(false)} />
      <div class={loading ? 'progress' : 'progress progress-off'} aria-hidden="true" />
      <main id="content" class="content" tabIndex={-1} ref={main}>
        {broken !== null ? (
          <BrokenPage error={broken} />
        ) : (
          <ErrorBoundary onError={setBroken}>
            <Router onLoadStart={() => setLoading(true)} onLoadEnd={arrived} onRouteChange={arrived}>
              {shown}
            </Router>
          </ErrorBoundary>
        )}
      </main>
    </div>
  );
}
