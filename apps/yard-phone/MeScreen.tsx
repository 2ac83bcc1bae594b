import { useState } from 'react';
import { useWantsPlace, wishPlace } from '#areas/elv/vehicle-case/mobile/place.ts';
import { useYardView } from '#areas/elv/vehicle-case/mobile/yard-context.ts';
import { yardPaths } from '#areas/elv/vehicle-case/mobile/yard-words.ts';
import { failureOf } from '#web-kit/api.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Sheet } from '#web-kit/phone/Sheet.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import { useInstall } from './install.ts';
import styles from './phone.module.css';
import type { PhoneSession } from './phone-session.ts';

const Place = () => {
  const wanted = useWantsPlace();
  return (
    <section className={styles.part}>
      <h2>拍摄位置</h2>
      <label className={styles.switch}>
        <input type="checkbox" checked={wanted} onChange={(event) => wishPlace(event.target.checked)} />
        照片记录拍摄位置
      </label>
      <p className={styles.second}>打开后手机会询问是否允许定位。位置只随照片上传，供审核时核对，不作他用。</p>
    </section>
  );
};

const Install = () => {
  const { installed, install } = useInstall();
  if (installed) return null;
  return (
    <section className={styles.part}>
      <h2>安装到手机桌面</h2>
      {install ? (
        <PhoneButton onPress={install}>安装到桌面</PhoneButton>
      ) : (
        <p className={styles.second}>在浏览器菜单中选“添加到主屏幕”，以后从桌面图标打开，没有网络也能用。</p>
      )}
    </section>
  );
};

const SignOut = ({ session }: { readonly session: PhoneSession }) => {
  const { person, photos, texts } = useYardView();
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const own = photos.filter(({ takenBy, picture }) => takenBy === person.id && picture !== null).length;
  const leave = (): void => {
    session.leave().catch((error: unknown) => {
      setAsking(false);
      const { status, message } = failureOf(error);
      setTrouble(status === 0 ? '没有网络，不能退出登录；请连上网络后再退出' : message);
    });
  };
  return (
    <>
      {trouble && (
        <Told tone="returned" alert>
          {trouble}
        </Told>
      )}
      <PhoneButton tone="danger" onPress={own + texts.length > 0 ? () => setAsking(true) : leave}>
        退出登录
      </PhoneButton>
      {asking && (
        <Sheet
          title="还有内容没有发送"
          foot={
            <>
              <PhoneButton tone="primary" onPress={() => setAsking(false)}>
                先不退出
              </PhoneButton>
              <PhoneButton tone="danger" onPress={leave}>
                仍要退出
              </PhoneButton>
            </>
          }
        >
          <p>
            {own} 张照片{texts.length > 0 ? `、${texts.length} 处填写` : ''}
            还没有送到服务器。退出后留在本机，等您再次登录后继续发送，他人登录不会发送，也看不到。
          </p>
        </Sheet>
      )}
    </>
  );
};

/** The person, what the phone tells and keeps, and the way out. */
export const MeScreen = ({ session }: { readonly session: PhoneSession }) => {
  const { person } = useYardView();
  return (
    <Screen up={yardPaths.tasks} title={person.name}>
      <Place />
      <Install />
      <section className={styles.part}>
        <h2>本机保存什么</h2>
        <p className={styles.second}>
          待办车辆的号牌、型号和拍照清单，未送达的照片和填写内容。没有车主信息和证件。照片送达后即从本机删除，退出登录时清除待办清单。
        </p>
      </section>
      <SignOut session={session} />
    </Screen>
  );
};
