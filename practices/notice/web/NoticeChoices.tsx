import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { type Channel, channelTitles } from '../model/channel.ts';
import type { GroupChoice } from '../model/notice.contract.ts';
import { noticeApi, noticeChoicesQuery } from './notice-api.ts';
import styles from './notices.module.css';

/** What was just chosen and is not kept yet. */
interface Chosen {
  readonly group: string;
  readonly channel: Channel;
  readonly wanted: boolean;
}

/** What is shown of a choice: the person's click at once, as it stands otherwise. */
const shownOf = (
  pending: Chosen | undefined,
  group: string,
  { channel, wanted }: GroupChoice['ways'][number],
): boolean => (pending?.group === group && pending.channel === channel ? pending.wanted : wanted);

const Group = ({
  group,
  pending,
  choose,
}: {
  group: GroupChoice;
  pending: Chosen | undefined;
  choose: (chosen: Chosen) => void;
}) => (
  <tr>
    <th scope="row">{group.title}</th>
    {group.ways.map((way) => (
      <td key={way.channel}>
        <Checkbox
          checked={shownOf(pending, group.id, way)}
          disabled={pending !== undefined}
          aria-label={`${group.title}：${channelTitles[way.channel]}`}
          onChange={({ target }) => choose({ group: group.id, channel: way.channel, wanted: target.checked })}
        />
        {way.bound && <span className={styles.bound}>重要决定总是发送</span>}
      </td>
    ))}
  </tr>
);

/** By which ways the signed-in person wants to be told of what. Source: tender R49. */
export const NoticeChoices = () => {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { data, error, refetch } = useQuery(noticeChoicesQuery);
  // Set within the click: the mutation tells that it has begun a moment later, and the box would jump back until then.
  const [pending, setPending] = useState<Chosen>();
  const { mutate } = useMutation({
    mutationFn: noticeApi.choose,
    onSuccess: (after) => client.setQueryData(noticeChoicesQuery.queryKey, after),
    onError: (failed) => void message.error(failureOf(failed).message),
    onSettled: () => setPending(undefined),
  });
  const choose = (chosen: Chosen): void => {
    setPending(chosen);
    mutate(chosen);
  };
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const { addresses, groups } = data;
  return (
    <>
      {groups.length === 0 ? (
        <p>按您现在的角色，没有会发送到站外的消息。</p>
      ) : (
        <table className={styles.choices}>
          <thead>
            <tr>
              <th scope="col">消息类别</th>
              <th scope="col">{channelTitles.sms}</th>
              <th scope="col">{channelTitles.mail}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Group key={group.id} group={group} pending={pending} choose={choose} />
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.reached}>
        站内消息总是接收。短信发往 {addresses.sms ?? '（账号未登记手机）'}，邮件发往{' '}
        {addresses.mail ?? '（账号未登记邮箱）'}
        ；短信和邮件只写办理编号和结果，不含个人信息。
      </p>
    </>
  );
};
