import type { ReactNode } from 'react';
import { DataTable, type DataTableProps } from './DataTable.tsx';
import { FailurePanel } from './FailurePanel.tsx';
import { formatNumber } from './format.ts';
import list from './list-page.module.css';
import { defaultPageSize, type PageInAddress, pageToAddress } from './list-search.ts';
import { PageHeader } from './PageHeader.tsx';
import { Pager } from './Pager.tsx';

/** A list as its page shows it: what it is called and counted in, what was found, and the table. */
export interface ListPageProps<Row>
  extends Omit<DataTableProps<Row>, 'caption' | 'rows' | 'refreshing' | 'skeletonRows'> {
  readonly title: string;
  /** What the table is called, where that is not the title. */
  readonly caption?: string;
  /** What is counted, for example 件. */
  readonly unit: string;
  /** Stands beside the title in place of how many there are. */
  readonly note?: string;
  readonly actions?: ReactNode;
  /** The line of filters. */
  readonly children?: ReactNode;
  /** What the list's query has found; the rows of the page before stand until those of the next are there. */
  readonly found: {
    /** `more`: there are more than `total`, which is where counting ended. */
    readonly data: { readonly rows: readonly Row[]; readonly total: number; readonly more?: boolean } | undefined;
    readonly error: Error | null;
    readonly isPlaceholderData: boolean;
    readonly refetch: () => unknown;
  };
  /** The page's address. */
  readonly search: PageInAddress;
  readonly onPage: (next: PageInAddress) => void;
}

/** The page of a list: title and count, filters, then the table and the way to its other pages, or why there is none. */
export const ListPage = <Row,>(props: ListPageProps<Row>) => {
  const { title, caption = title, unit, note, actions, children, found, search, onPage, ...table } = props;
  const { data, error, isPlaceholderData, refetch } = found;
  const { page = 1, size = defaultPageSize } = search;
  return (
    <div className={list.listPage}>
      <PageHeader
        title={title}
        note={note ?? (data && `${formatNumber(data.total)}${data.more ? '+' : ''} ${unit}`)}
        actions={actions}
      />
      {children}
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            {...table}
            caption={caption}
            rows={data?.rows}
            refreshing={isPlaceholderData}
            skeletonRows={size}
          />
          <Pager
            total={data?.total}
            more={data?.more ?? false}
            page={page}
            size={size}
            unit={unit}
            onChange={(nextPage, nextSize) => onPage(pageToAddress(nextPage, nextSize))}
          />
        </>
      )}
    </div>
  );
};
