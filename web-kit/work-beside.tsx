import { type ComponentType, createContext, type ReactNode, use } from 'react';

const DutiesContext = createContext<readonly ComponentType[]>([]);

/** Makes known what the areas have waiting beside their main work. */
export const DutiesProvider = ({ duties, children }: { duties: readonly ComponentType[]; children: ReactNode }) => (
  <DutiesContext value={duties}>{children}</DutiesContext>
);

/** What waits beside the main work, each part drawn by the feature that knows it: a feature of an area cannot know another. */
export const WorkBeside = () => {
  const duties = use(DutiesContext);
  return duties.map((Duties, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the areas of a desk never change while it is open
    <Duties key={index} />
  ));
};
