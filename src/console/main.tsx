// The console's entry: appearance and words first, so that the first thing shown is already right.
import { render } from 'preact';
import './styles/index.css';
import { speak } from './i18n/language.ts';
import { App } from './shell/app.tsx';
import { readSession } from './shell/session.ts';
import { startTheme } from './shell/theme.ts';

startTheme();
void readSession();
await speak();
const place = document.getElementById('console');
if (place !== null) render(<App />, place);
