// Which extensions a live event shows: their names go along with it.
import type { LiveCall, LiveNews } from '../http/live-ports.ts';

/** As they stand there; null and nothing among them. */
export function extensionsIn(news: LiveNews): readonly (string | null | undefined)[] {
  switch (news.type) {
    case 'board':
      return news.data.ringing.flatMap(ofCall);
    case 'ringing':
      return ofCall(news.data);
    case 'rung': {
      const { extensions, answeredBy, takenFrom, callerExtension } = news.data;
      return [...extensions.map(({ extension }) => extension), answeredBy, takenFrom, callerExtension];
    }
    case 'pickup': {
      const { picker, from, takenBy, target } = news.data;
      return [picker, from, takenBy, target];
    }
    case 'alert':
      return news.data.extensions;
    case 'decision': {
      const { payer } = news.data;
      return [typeof payer === 'string' ? payer : null];
    }
    case 'notice':
      return [news.data.extension];
    case 'status':
    case 'dropped':
      return [];
  }
}

const ofCall = ({ legs, callerExtension, dialled }: LiveCall) => [
  ...legs.map(({ extension }) => extension),
  callerExtension,
  ...dialled,
];
