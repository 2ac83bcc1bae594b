import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

/** What a picture is and the ticket that goes back with what was read. */
interface Offered {
  readonly ticket: string;
  readonly picture: string;
}

/** A picture on the page and what is typed for it. */
export interface ShownCaptcha<T extends Offered = Offered> {
  readonly picture: string | undefined;
  /** Everything the server said with the picture; undefined until it is there. */
  readonly offered: T | undefined;
  readonly ticket: string;
  /** Why there is none. */
  readonly error: Error | null;
  readonly text: string;
  setText(text: string): void;
  /** Asks for another picture; every picture serves one attempt. */
  another(): void;
}

/** A picture to be read; a new one for every attempt and on request. */
export const useCaptcha = <T extends Offered>({
  key,
  ask,
  enabled,
}: {
  key: QueryKey;
  ask: () => Promise<T>;
  enabled: boolean;
}): ShownCaptcha<T> => {
  const [turn, setTurn] = useState(0);
  const [text, setText] = useState('');
  const { data, error } = useQuery({
    queryKey: [...key, turn],
    queryFn: ask,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const another = (): void => {
    setTurn((before) => before + 1);
    setText('');
  };
  return { picture: data?.picture, offered: data, ticket: data?.ticket ?? '', error, text, setText, another };
};
