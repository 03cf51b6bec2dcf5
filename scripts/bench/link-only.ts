// The link by itself: takes each call of the application `bench` and lets it go on at once, with no question and no rule.
import { connectWebsocketLink } from '../../src/asterisk/ari/websocket-link.ts';
import type { AriLink } from '../../src/asterisk/ari/link.ts';

const [url = '', username = '', password = ''] = process.argv.slice(2);
let link: AriLink | null = null;
link = await connectWebsocketLink(
  {
    url,
    username,
    password,
    application: 'bench',
    commandDeadlineMs: 5000,
    connectDeadlineMs: 5000,
    onEvent: (event) => {
      if (event.type === 'StasisStart') void link?.continueInDialplan(event.channel.id);
    },
    onProblem: (problem) => console.error(problem),
  },
  new AbortController().signal,
);
console.log('ready');
