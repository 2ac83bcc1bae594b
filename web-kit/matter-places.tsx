import type { LinkProps } from '@tanstack/react-router';
import { createContext, type ReactNode, use } from 'react';

/** The page of a matter, by what matters of its kind are called: `elv.vehicle-case`. */
export type PlacesByMatter = Readonly<Record<string, (id: string) => LinkProps>>;

const PlacesContext = createContext<PlacesByMatter>({});

/** Makes known where the matters of all areas have their pages, so that what speaks of any matter can lead to it. */
export const MatterPlacesProvider = ({ places, children }: { places: PlacesByMatter; children: ReactNode }) => (
  <PlacesContext value={places}>{children}</PlacesContext>
);

/** Finds the page of a matter; undefined where matters of that kind have none. */
export const useMatterPlace = (): ((type: string, id: string) => LinkProps | undefined) => {
  const places = use(PlacesContext);
  return (type, id) => places[type]?.(id);
};
