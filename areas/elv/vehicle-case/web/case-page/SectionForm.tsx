import { overlaid, pathOf } from '#web-kit/autosave-queue.ts';
import { fieldMarksOf } from '#web-kit/field-marks.ts';
import type { FormContext } from '#web-kit/form-field.ts';
import { type OwnInputs, SchemaForm } from '#web-kit/SchemaForm.tsx';
import { sections } from '../../model/vehicle-case.fields.ts';
import { AssembliesInput } from './Assemblies.tsx';
import { useOpenCase } from './case-context.tsx';
import type { SectionView } from './sections-shown.ts';

const ownInputs: OwnInputs = { assemblies: AssembliesInput };

/** The form of a section that is being filled: every keystroke goes to the saving, every fault stands at its field. */
export const SectionForm = ({ section }: { section: SectionView }) => {
  const { save, saver, opened, left, leave, tried, steps, photos } = useOpenCase();
  const values = overlaid(section.values, save.queue, section.id);
  const form: FormContext = {
    section: section.id,
    values,
    marksOf: fieldMarksOf({
      section,
      fields: sections[section.id].fields,
      values,
      queue: save.queue,
      opened: opened[section.id] ?? {},
      left,
      tried,
      problems: steps.trouble?.failure.problems ?? [],
    }),
    onChange: (field, value) => saver.type({ section: section.id, field, base: section.values[field] }, value),
    onLeave: (field) => leave(pathOf(section.id, field)),
    onSettle: (field, keep) => saver.settle(pathOf(section.id, field), keep),
    onDrop: (field) => saver.drop(pathOf(section.id, field)),
    pictureOf: photos.address,
  };
  return <SchemaForm fields={sections[section.id].fields} form={form} own={ownInputs} />;
};
