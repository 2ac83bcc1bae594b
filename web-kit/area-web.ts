import type { LinkProps } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import type { PartsByKind } from './matter-beside.tsx';
import type { PlacesByMatter } from './matter-places.tsx';
import { may, type Session } from './session.tsx';

/** A place inside the desk, made with `linkOptions` so that it is checked against the routes. */
export type Place = LinkProps;

/** A line of an area's side menu; shown only to those who hold the permission. */
export interface MenuEntry {
  readonly key: string;
  readonly title: string;
  readonly icon: ReactNode;
  readonly place: Place;
  /** One, or several of which any will do. */
  readonly permission: string | readonly string[];
}

/** A page open to everybody, named on the sign-in page. */
export interface OpenPage {
  readonly title: string;
  readonly place: Place;
}

/** What an area brings to the desk: its name in the top bar, its side menu and, where matters wait or can be found in it, its to-do count and its search. */
export interface AreaWeb {
  readonly id: string;
  readonly title: string;
  /** The first page a person may open is where the area opens for them; who may open none does not see the area. */
  readonly menu: readonly MenuEntry[];
  readonly waiting?: AreaWaiting;
  /** What of the area waits beside its main work; drawn on the work page, see `work-beside.tsx`. */
  readonly duties?: ComponentType;
  /** What features of the area have to say on the pages of each other's matters, see `matter-beside.tsx`. */
  readonly beside?: PartsByKind;
  readonly search?: AreaSearch;
  /** The pages of its matters, by what they are called where they are named: `elv.vehicle-case`. */
  readonly matters?: PlacesByMatter;
  /** Its pages for people without an account. */
  readonly openToAll?: readonly OpenPage[];
}

/** The pages of an area's menu this person may open. */
export const openPages = ({ menu }: AreaWeb, session: Session): readonly MenuEntry[] =>
  menu.filter(({ permission }) => [permission].flat().some((one) => may(session, one)));

/** What waits for the signed-in person in an area. */
export interface AreaWaiting {
  /** How many matters, undefined while unknown. A hook. */
  readonly useCount: () => number | undefined;
  readonly place: Place;
}

/** An area's part of the global search. */
export interface AreaSearch {
  readonly placeholder: string;
  /** Where to go for what was typed: straight to the one match, else to the list of matches. Errors: throws Failure. */
  readonly find: (text: string) => Promise<Place>;
}
