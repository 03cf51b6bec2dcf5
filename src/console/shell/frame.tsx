// The frame round every page: link to skip it, header, navigation, and the page itself with its errors caught.
import type { ComponentChildren } from 'preact';
import { Route, Router, lazy, useLocation } from 'preact-iso';
import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/t.tsx';
import { pages, type Page } from '../pages.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { BrokenPage, NoRight, NotFound, Welcome } from './other-pages.tsx';
import type { Me } from './session.ts';

const routes = pages.map((page) => ({ page, component: lazy(() => fetched(page)) }));

/** After an upgrade, what an old page asks for may be gone: then it says so, and a click brings the new one. */
async function fetched(page: Page): Promise<Awaited<ReturnType<Page['load']>>> {
  try {
    return await page.load();
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    return { default: () => <BrokenPage error={problem} /> };
  }
}

export function maySee(page: Page, me: Me): boolean {
  return page.needs.every((right) => me.rights.includes(right));
}

export function Frame({ me }: { readonly me: Me }) {
  const [menuOpen, setMenuOpen] = useState(false);
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
  }, [url]);

  // A new page is read from its beginning, by eyes and by screen readers alike.
  const arrived = () => {
    setLoading(false);
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  };

  return (
    <div
      class="frame"
      data-menu={menuOpen ? 'open' : 'closed'}
      data-board={me.via === 'board' ? 'true' : undefined}
    >
      <a class="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Header me={me} menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
      <Navigation me={me} onClose={() => setMenuOpen(false)} />
      <div class={loading ? 'progress' : 'progress progress-off'} aria-hidden="true" />
      <main id="content" class="content" tabIndex={-1} ref={main}>
        <Caught url={url}>
          <Router onLoadStart={() => setLoading(true)} onLoadEnd={arrived} onRouteChange={arrived}>
            {shown}
          </Router>
        </Caught>
      </main>
    </div>
  );
}

/** What goes wrong in a page is told in its place, and forgotten with the next address. */
function Caught({ url, children }: { readonly url: string; readonly children: ComponentChildren }) {
  const [error, forget] = useErrorBoundary();
  useEffect(forget, [url]);
  if (error !== undefined)
    return <BrokenPage error={error instanceof Error ? error : new Error(String(error))} />;
  return isReadable(url) ? children : <NotFound />;
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
