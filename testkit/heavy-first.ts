import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose files take long: they are begun first, so that none is left to run alone at the end. */
const heavy = ['/apps/server/'];

const isHeavy = ({ moduleId }: TestSpecification): boolean => heavy.some((folder) => moduleId.includes(folder));

/** Whole products before single stores; otherwise in Vitest's own order. */
export class HeavyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isHeavy), ...sorted.filter((file) => !isHeavy(file))];
  }
}
