import type { useAppProps } from 'antd/es/app/context';
import type { CredentialNotice } from '../model/account.contract.ts';
import { noticeInWords } from '../model/notice-words.ts';

/** Tells the person what others have set of how they sign in; stays until it is read. */
export const tellNotices = (modal: useAppProps['modal'], notices: readonly CredentialNotice[]): void => {
  void modal.warning({
    title: '您的登录凭据由管理员变更过',
    okText: '知道了',
    content: (
      <>
        {notices.map((one) => (
          <p key={one.at + one.what}>{noticeInWords(one)}。</p>
        ))}
        <p>如果您并未提出，请立即联系安全管理员。“个人设置”中可以再次查看。</p>
      </>
    ),
  });
};
