import { useState } from 'react';

/** A choice as it looks to the person: what was touched at once, until the server's answer, or its no, is there. */
export const useChosen = <T>(kept: T): readonly [T, (wanted: T, keep: () => Promise<unknown>) => void] => {
  const [touched, setTouched] = useState<{ readonly value: T }>();
  const choose = (wanted: T, keep: () => Promise<unknown>): void => {
    setTouched({ value: wanted });
    void keep().finally(() => setTouched(undefined));
  };
  return [touched ? touched.value : kept, choose];
};
