import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { appliedInWords } from '#areas/governance/person/model/applied-person.ts';
import type { Decision } from '#practices/proposal/model/proposal.lifecycle.ts';
import { pageSearch } from '#practices/proposal/model/proposal-search.ts';
import { MaskedLine } from '#practices/proposal/web/MaskedLine.tsx';
import { ProposalsPage, type ProposalWords, type SentDecision } from '#practices/proposal/web/ProposalsPage.tsx';
import proposals from '#practices/proposal/web/proposals.module.css';
import type { HandedHalf } from '../model/credential-change.contract.ts';
import { credentialChangeLifecycle } from '../model/credential-change.ts';
import { credentialApi, credentialKey, credentialsQuery } from './credential-api.ts';
import { HalfShown } from './HalfShown.tsx';
import { credentialsRoute } from './routes.tsx';

const words: ProposalWords = {
  title: '登录凭据',
  note: '平台人员的初始密码、重置密码和解除第二重验证，由系统管理员申请、安全管理员批准；新密码分两段，一人一段',
  waits: '等安全管理员审批',
  empty: '还没有申请',
  emptyOpen: '没有待审批的申请',
  emptyHint: '系统管理员新增平台人员、为其重置密码或解除第二重验证，会在这里留下申请。',
  templates: {
    approve: ['同意', '已与本人核实'],
    refuse: ['本人并未提出', '未当面核对身份，请核对后再申请'],
    withdraw: [],
  },
};

const address = '/governance/credential-changes';

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

const send = async (action: Decision, said: SentDecision): Promise<HandedHalf> =>
  action === 'approve' ? (await credentialApi.approve(said)).handed : credentialApi[action](said).then(() => null);

/** Applications about how people of the platform sign in: one applies, another agrees, and each holds half of a new password. Source: tender R42; domain 10.4. */
export const CredentialsPage = () => {
  const { all = false, page = 1, size = 20 } = credentialsRoute.useSearch();
  const [handed, setHanded] = useState<HandedHalf>(null);
  const navigate = useNavigate({ from: address });
  const client = useQueryClient();
  const found = useQuery({
    ...credentialsQuery({ ...(all ? {} : { open: 'true' }), page, size }),
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
              reveal={(reason) => credentialApi.reveal({ id, reason })}
            />
          ),
        read: ({ person }) => person && appliedInWords(person),
      }}
      actions={credentialChangeLifecycle.actions}
      send={send}
      settled={() => client.invalidateQueries({ queryKey: credentialKey })}
      done={setHanded}
      onPage={(next, chosen) => void navigate({ search: (before) => ({ ...before, ...pageSearch(next, chosen) }) })}
    >
      {handed && <HalfShown handed={handed} close={() => setHanded(null)} />}
    </ProposalsPage>
  );
};
