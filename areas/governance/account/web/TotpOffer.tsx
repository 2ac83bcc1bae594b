import { App, Button } from 'antd';
import { SvgPicture } from '#web-kit/SvgPicture.tsx';
import styles from './sign-in.module.css';

/** What to do with the phone: the picture to scan, and the same as letters. */
export const TotpOffer = ({ secret, picture }: { secret: string; picture: string }) => (
  <div className={styles.offer}>
    <ol className={styles.steps}>
      <li>在手机上打开验证器应用（支持 TOTP 的均可，如微信小程序“腾讯身份验证器”）。</li>
      <li>扫描二维码；不便扫描时，手工输入密钥。</li>
      <li>输入手机上显示的 6 位数字。</li>
    </ol>
    <SvgPicture svg={picture} title="动态验证码的二维码" width={180} height={180} />
    <p className={styles.secret}>
      密钥 <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
    </p>
  </div>
);

/** Recovery codes, shown this once. */
export const RecoveryCodes = ({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) => {
  const { message } = App.useApp();
  const copy = (): void => {
    // Browsers refuse the clipboard on plain HTTP; the codes can still be marked and copied by hand.
    const copied = navigator.clipboard?.writeText(codes.join('\n')) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => void message.success('已复制'),
      () => void message.warning('浏览器不允许复制，请手工选取'),
    );
  };
  return (
    <section aria-label="恢复码">
      <p className={styles.lead}>
        <strong>请抄下或打印这些恢复码，只显示这一次。</strong>手机遗失时，每个可代替验证码登录一次。
      </p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.codesEnd}>
        <Button size="large" onClick={copy}>
          复制
        </Button>
        <Button type="primary" size="large" onClick={onDone}>
          已保存，继续
        </Button>
      </div>
    </section>
  );
};
