// `useLive(event => …)`: a component hears live events as long as it is shown.
import { useEffect, useRef } from 'preact/hooks';
import type { HeardEvent } from '../../http/live-ports.ts';
import { listen } from './events.ts';

export function useLive(listener: (event: HeardEvent) => void, wanted = true): void {
  const current = useRef(listener);
  current.current = listener;
  useEffect(() => (wanted ? listen((event) => current.current(event)) : undefined), [wanted]);
}
