// What somebody types, once he pauses: not every letter is a question to the daemon.
import { useEffect, useState } from 'preact/hooks';

const PAUSE_MS = 300;

export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
