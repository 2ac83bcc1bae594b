import { Input } from 'antd';
import { Labelled } from '#web-kit/Labelled.tsx';
import { SvgPicture } from '#web-kit/SvgPicture.tsx';
import styles from './captcha.module.css';
import type { ShownCaptcha } from './use-captcha.ts';

/** The picture and the place to type what it shows. `help` says what to do for whoever cannot read it. */
export const CaptchaField = ({
  captcha,
  fault,
  help,
}: {
  captcha: ShownCaptcha;
  fault: string | undefined;
  help: string;
}) => (
  <Labelled label="图中字符" fault={fault} note={`看不清可换一张；${help}`}>
    {(id, described) => (
      <div className={styles.row}>
        <Input
          id={id}
          size="large"
          autoComplete="off"
          maxLength={10}
          value={captcha.text}
          {...described}
          onChange={(event) => captcha.setText(event.target.value)}
        />
        <button type="button" className={styles.picture} onClick={captcha.another} title="换一张">
          {captcha.picture && (
            <SvgPicture svg={captcha.picture} title="验证码图片，点击换一张" width={132} height={44} />
          )}
        </button>
      </div>
    )}
  </Labelled>
);
