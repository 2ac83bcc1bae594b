import { useEffect, useRef, useSyncExternalStore } from 'react';
import { coordinatesText } from '#practices/place/model/coordinates.ts';

const kept = 'yard-phone.place';
const changed = 'yard-phone-place';
/** An older position says nothing of where a photograph was taken. Milliseconds. */
const staleMs = 2 * 60_000;

/** Whether the person wants photographs to tell where they were taken. */
export const wantsPlace = (): boolean => localStorage.getItem(kept) === 'yes';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener(changed, listener);
  return () => window.removeEventListener(changed, listener);
};

/** The same, as it changes. */
export const useWantsPlace = (): boolean => useSyncExternalStore(subscribe, wantsPlace);

/** Keeps the wish; asked for on the phone, the browser asks the person itself. */
export const wishPlace = (wanted: boolean): void => {
  if (wanted) localStorage.setItem(kept, 'yes');
  else localStorage.removeItem(kept);
  window.dispatchEvent(new Event(changed));
};

const wordsOf = (at: GeolocationCoordinates): string =>
  `${coordinatesText(at)}（误差约 ${Math.round(at.accuracy)} 米）`;

/** Where the phone is while a screen is open, for whoever wants that told; the answer is null when it is not known. */
export const usePlace = (): (() => string | null) => {
  const wanted = useWantsPlace();
  const last = useRef<GeolocationPosition>(undefined);
  useEffect(() => {
    if (!wanted || !('geolocation' in navigator)) return;
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        last.current = position;
      },
      () => {
        last.current = undefined;
      },
      { enableHighAccuracy: true, maximumAge: 30_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [wanted]);
  return () => {
    const position = last.current;
    return position && Date.now() - position.timestamp < staleMs ? wordsOf(position.coords) : null;
  };
};
