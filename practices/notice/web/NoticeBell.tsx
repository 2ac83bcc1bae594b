import BellOutlined from '@ant-design/icons/BellOutlined';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { mostCounted } from '../model/notice.contract.ts';
import { unreadQuery } from './notice-api.ts';

const shown = (unread: number): string => (unread > mostCounted ? `${mostCounted}+` : String(unread));

/** The way to one's notices, with how many are unread; it looks like what stands beside it. */
export const NoticeBell = ({
  className,
  countClassName,
}: {
  className: string | undefined;
  countClassName: string | undefined;
}) => {
  const client = useQueryClient();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { data } = useQuery(unreadQuery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again because the path is another
  useEffect(() => void client.prefetchQuery(unreadQuery), [client, path]);
  const unread = data?.unread ?? 0;
  return (
    <Link
      to="/notices"
      className={className}
      aria-label={unread > 0 ? `消息，${shown(unread)} 条未读` : '消息'}
      title="消息"
    >
      <BellOutlined aria-hidden />
      {unread > 0 && (
        <span className={countClassName} data-some>
          {shown(unread)}
        </span>
      )}
    </Link>
  );
};
