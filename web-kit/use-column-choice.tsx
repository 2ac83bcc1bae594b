import type { ReactNode } from 'react';
import { z } from 'zod';
import { ColumnChooser } from './ColumnChooser.tsx';
import { useRemembered } from './remembered.ts';
import { type Column, chosenColumns } from './table-column.ts';

const chosenSchema = z.array(z.string().max(40)).max(60).nullable();

/** The columns of a list the person wants to see, kept in this browser under `key`, and the button by which they are chosen. */
export const useColumnChoice = <Row,>(
  key: string,
  columns: readonly Column<Row>[],
): { readonly shown: readonly Column<Row>[]; readonly chooser: ReactNode } => {
  const [chosen, setChosen] = useRemembered(key, chosenSchema, null);
  return {
    shown: chosenColumns(columns, chosen),
    chooser: <ColumnChooser columns={columns} chosen={chosen} onChoose={(next) => setChosen(next && [...next])} />,
  };
};
