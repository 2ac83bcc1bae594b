import ImportOutlined from '@ant-design/icons/ImportOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { ListPage } from '#web-kit/ListPage.tsx';
import { isFiltered } from '#web-kit/list-search.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { useColumnChoice } from '#web-kit/use-column-choice.tsx';
import { entryColumnsOf } from './entry-columns.tsx';
import { type Change, RegistryFilters } from './RegistryFilters.tsx';
import { filterOf, type RegistrySearch, registrySearch } from './registry-search.ts';
import { listQuery, listsKey, type RegistryWeb, summaryQuery } from './registry-web.ts';

/** The button by which an enterprise begins, or goes on with what it began. */
export const Declare = ({ registry }: { registry: RegistryWeb }) => {
  const { data } = useQuery(summaryQuery(registry));
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const open = useMutation({
    mutationFn: () => registry.api.open({}),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: listsKey(registry) });
      return navigate(registry.places.entry(id));
    },
    onError: (error) => message.error(failureOf(error).message),
  });
  if (!data?.undeclared) return null;
  return (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} loading={open.isPending} onClick={() => open.mutate()}>
      {registry.flow.words.declare}
    </Button>
  );
};

const Actions = ({ registry }: { registry: RegistryWeb }) => {
  const { profile, places } = registry;
  const session = useSession();
  const navigate = useNavigate();
  return (
    <>
      {places.imports && may(session, `${profile.id}:import`) && (
        <Button
          icon={<ImportOutlined aria-hidden />}
          onClick={() => void navigate(places.imports?.() ?? places.list({}))}
        >
          从 Excel 导入
        </Button>
      )}
      <Declare registry={registry} />
    </>
  );
};

const Nothing = ({ registry, search }: { registry: RegistryWeb; search: RegistrySearch }) => {
  const { data } = useQuery(summaryQuery(registry));
  const { title } = registry.profile;
  const { words } = registry.flow;
  if (isFiltered(search)) {
    return (
      <EmptyState title="没有符合条件的企业">放宽或清除上方的筛选条件；按联系电话查找时，请输入完整的号码。</EmptyState>
    );
  }
  if (data?.undeclared) {
    return <EmptyState title={words.undeclared}>{words.undeclaredHow}</EmptyState>;
  }
  return <EmptyState title={`${title}还没有企业`}>{words.empty}</EmptyState>;
};

/** The enterprises of a registry the signed-in person may see. `search` and `change` are the page's address. Source: tender R49. */
export const RegistryList = ({
  registry,
  search,
  change,
}: {
  registry: RegistryWeb;
  search: RegistrySearch;
  change: Change;
}) => {
  const { profile, places } = registry;
  const { shown, chooser } = useColumnChoice(`${profile.id}.columns`, entryColumnsOf(profile, registry.flow));
  const found = useQuery({
    ...listQuery(registry, filterOf(search)),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title={profile.title}
      unit="家"
      actions={
        <>
          {chooser}
          <Actions registry={registry} />
        </>
      }
      found={found}
      columns={shown}
      rowKey={({ id }) => id}
      place={({ id }) => places.entry(id)}
      tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
      sort={search.sort ?? '-stateSince'}
      onSort={(sort) => change({ sort: registrySearch.shape.sort.parse(sort) })}
      empty={<Nothing registry={registry} search={search} />}
      search={search}
      onPage={change}
    >
      <RegistryFilters registry={registry} search={search} onChange={change} />
    </ListPage>
  );
};
