// The whole console: who is signed in sees the pages in their frame, everybody else the page “Sign in”.
import { LocationProvider } from 'preact-iso';
import { Confirms } from '../components/confirm.tsx';
import { Empty } from '../components/empty.tsx';
import { Spinner } from '../components/spinner.tsx';
import { Toasts } from '../components/toast.tsx';
import { t } from '../i18n/t.tsx';
import { MustChangePage } from '../pages/sign-in/must-change.tsx';
import { SignInPage } from '../pages/sign-in/sign-in.tsx';
import { Frame } from './frame.tsx';
import { session } from './session.ts';
import { SignInAgain } from './sign-in-again.tsx';

export function App() {
  const now = session.value;
  switch (now.kind) {
    case 'asking':
      return <Spinner label={t('shell.loading')} />;
    case 'unreachable':
      return (
        <main class="alone">
          <Empty title={t('shell.unreachableTitle')} text={t('shell.unreachableText')} />
        </main>
      );
    case 'out':
      return <SignInPage />;
    case 'in':
    case 'ended':
      if (now.me.mustChangePassword) return now.kind === 'in' ? <MustChangePage /> : <SignInPage />;
      return (
        <LocationProvider>
          <Frame me={now.me} />
          <Confirms />
          <Toasts />
          {now.kind === 'ended' ? <SignInAgain name={now.me.name} /> : null}
        </LocationProvider>
      );
  }
}
