import { type ComponentType, createContext, type ReactNode, use } from 'react';

/** Which matter a page is about. `version` grows with it, so that what stands beside it is asked for anew. */
export interface MatterShown {
  readonly id: string;
  readonly version: number;
}

/** What another feature has to say on the page of a matter: at its top, and where one acts. */
export interface MatterParts {
  readonly top: ComponentType<MatterShown>;
  readonly actions: ComponentType<MatterShown>;
}

/** By the kind of matter: `elv.vehicle-case`. */
export type PartsByKind = Readonly<Record<string, MatterParts>>;

const PartsContext = createContext<PartsByKind>({});

/** Makes known what features have to say on the pages of each other's matters. */
export const MatterPartsProvider = ({ parts, children }: { parts: PartsByKind; children: ReactNode }) => (
  <PartsContext value={parts}>{children}</PartsContext>
);

/** What others have to say of a matter, drawn by the feature that knows it: a feature of an area cannot know another. */
export const MatterBeside = ({
  kind,
  place,
  ...matter
}: MatterShown & { readonly kind: string; readonly place: keyof MatterParts }) => {
  const Part = use(PartsContext)[kind]?.[place];
  return Part ? <Part {...matter} /> : null;
};
