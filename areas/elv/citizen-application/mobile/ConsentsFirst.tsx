import type { OwnApplicationView } from '../model/citizen.views.ts';
import styles from './citizen.module.css';
import { citizenApi } from './citizen-api.ts';
import type { OpenApplication } from './use-application.ts';

type Material = OwnApplicationView['materials'][number];

/** What has to be agreed to before these places may be photographed, each text once; nothing where all of it was. Source: 个人信息保护法 第二十九条. */
export const ConsentsFirst = ({
  open,
  materials,
}: {
  readonly open: OpenApplication;
  readonly materials: readonly Material[];
}) => {
  const { view, busy, act } = open;
  const wanted = new Set(materials.map(({ consentFirst }) => consentFirst));
  return view.consents
    .filter(({ id }) => wanted.has(id))
    .map(({ id, version, title, text }) => (
      <section key={id} className={styles.part} aria-label={title}>
        <h2>{title}</h2>
        <p className={styles.second}>{text}</p>
        <button
          type="button"
          className={styles.take}
          disabled={busy !== null}
          onClick={() => void act('agree', () => citizenApi.agree({ id: view.id, consent: id, version }))}
        >
          我已阅读并同意，开始拍摄
        </button>
      </section>
    ));
};
