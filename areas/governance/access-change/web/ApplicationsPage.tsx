import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { appliedInWords } from '#areas/governance/person/model/applied-person.ts';
import { pageSearch } from '#practices/proposal/model/proposal-search.ts';
import { MaskedLine } from '#practices/proposal/web/MaskedLine.tsx';
import { ProposalsPage, type ProposalWords } from '#practices/proposal/web/ProposalsPage.tsx';
import proposals from '#practices/proposal/web/proposals.module.css';
import { accessChangeLifecycle } from '../model/access-change.lifecycle.ts';
import { accessApi, accessKey, applicationsQuery } from './access-api.ts';
import { applicationsRoute } from './routes.tsx';

const words: ProposalWords = {
  title: '授权申请',
  note: '一人申请，另一人批准；两步都由本人签名',
  waits: '等另一名安全管理员',
  empty: '还没有授权申请',
  emptyOpen: '没有待审批的申请',
  emptyHint: '在“角色”页授予、收回或修改角色，会在这里留下申请。',
  templates: {
    approve: ['同意', '符合岗位职责'],
    refuse: ['与岗位职责不符', '范围过大，请缩小后再申请', '理由不充分，请补充依据'],
    withdraw: [],
  },
};

const address = '/governance/access-changes';

const Views = ({ all }: { all: boolean }) => (
  <>
    <Link to={address} search={{}} className={proposals.view} data-chosen={!all}>
      待审批
    </Link>
    <Link to={address} search={{ all: true }} className={proposals.view} data-chosen={all}>
      全部
    </Link>
  </>
);

/** Applications for permissions: those that wait for a second person first. Source: tender R43; domain 10.4. */
export const ApplicationsPage = () => {
  const { all = false, page = 1, size = 20 } = applicationsRoute.useSearch();
  const navigate = useNavigate({ from: address });
  const client = useQueryClient();
  const found = useQuery({
    ...applicationsQuery({ ...(all ? {} : { open: 'true' }), page, size }),
    placeholderData: keepPreviousData,
  });
  return (
    <ProposalsPage
      words={words}
      views={<Views all={all} />}
      all={all}
      page={page}
      size={size}
      found={found}
      about={{
        shown: ({ id, summary, person }) =>
          person && (
            <MaskedLine
              title="身份证号码"
              about={summary}
              masked={person.identityNo}
              mayReveal={person.mayReveal}
              inWords={(identityNo) => appliedInWords({ ...person, identityNo })}
              reveal={(reason) => accessApi.reveal({ id, reason })}
            />
          ),
        read: ({ person }) => person && appliedInWords(person),
      }}
      actions={accessChangeLifecycle.actions}
      send={(action, said) => accessApi[action](said)}
      settled={() => client.invalidateQueries({ queryKey: accessKey })}
      onPage={(next, chosen) => void navigate({ search: (before) => ({ ...before, ...pageSearch(next, chosen) }) })}
    />
  );
};
