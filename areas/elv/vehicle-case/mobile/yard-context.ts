import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { WaitingPhoto } from './waiting-photo.ts';
import type { Yard, YardView } from './yard.ts';

/** The yard of the signed-in person. */
export const YardContext = createContext<Yard | null>(null);

/** The yard. Errors: throws outside its context. */
export const useYard = (): Yard => {
  const yard = useContext(YardContext);
  if (!yard) throw new Error('outside a yard');
  return yard;
};

/** What the yard shows, as it changes. */
export const useYardView = (): YardView => {
  const yard = useYard();
  return useSyncExternalStore(yard.subscribe, yard.view);
};

/** An address under which a photograph on this phone can be shown, as long as it is shown. */
export const usePictureAddress = ({ id, picture }: Pick<WaitingPhoto, 'id' | 'picture'>): string | undefined => {
  const [address, setAddress] = useState<{ readonly of: string; readonly url: string }>();
  // The shelf gives another blob for the same photograph each time it is read.
  const latest = useRef(picture);
  latest.current = picture;
  const isHere = picture !== null;
  useEffect(() => {
    if (!isHere || !latest.current) return;
    const url = URL.createObjectURL(latest.current);
    setAddress({ of: id, url });
    return () => URL.revokeObjectURL(url);
  }, [id, isHere]);
  return isHere && address?.of === id ? address.url : undefined;
};
