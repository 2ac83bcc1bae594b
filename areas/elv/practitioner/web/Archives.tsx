import matter from '#web-kit/matter.module.css';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { ArchivePart } from '../model/archive.ts';
import { conductKinds } from '../model/conduct.fields.ts';
import { certificateKinds, posts, titleIn } from '../model/practitioner.fields.ts';
import type { ArchiveView, PractitionerView } from '../model/practitioner.views.ts';
import styles from './practitioner.module.css';

const listed = (texts: readonly string[], none: string): string => (texts.length === 0 ? none : texts.join('、'));

const Part = ({ part, conductShown }: { part: ArchivePart; conductShown: boolean }) => (
  <dl className={styles.values}>
    <div>
      <dt>企业</dt>
      <dd>
        {part.organisationName}（{part.since} 至 {part.leftOn ?? '年末在岗'}）
      </dd>
    </div>
    <div>
      <dt>岗位</dt>
      <dd>
        {listed(
          part.posts.map(({ post }) => titleIn(posts, post)),
          '—',
        )}
      </dd>
    </div>
    <div>
      <dt>年末有效证书</dt>
      <dd>
        {listed(
          part.certificates.map(
            ({ kind, validUntil }) => `${titleIn(certificateKinds, kind)}（${validUntil ?? '长期'}）`,
          ),
          '没有',
        )}
      </dd>
    </div>
    <div>
      <dt>当年培训</dt>
      <dd>{part.trainingHours} 学时</dd>
    </div>
    {conductShown && (
      <div>
        <dt>当年行为记录</dt>
        <dd>
          {listed(
            [...part.good, ...part.bad].map((kind) => titleIn(conductKinds, kind)),
            '没有',
          )}
          {part.disputed > 0 && `；年末异议处理中 ${part.disputed} 条`}
        </dd>
      </div>
    )}
  </dl>
);

const Year = ({ archive }: { archive: ArchiveView }) => (
  <li className={styles.record}>
    <div className={styles.recordHead}>
      <h3>{archive.year} 年度</h3>
      <span className={archive.intact ? styles.good : styles.bad}>
        {archive.intact ? '内容与封存时一致' : '内容与封存时不一致，请告知系统管理员'}
      </span>
      <span className={styles.note}>
        <TimeText at={archive.writtenAt} /> 封存
      </span>
    </div>
    {archive.parts.map((part) => (
      <Part key={`${part.organisationId} ${part.since}`} part={part} conductShown={archive.conductShown} />
    ))}
    {!archive.conductShown && <p className={styles.note}>行为记录已过使用期限，不再显示。</p>}
    <p className={styles.digest}>SM3 {archive.sm3}</p>
  </li>
);

/** The archives of the years, the newest first. */
export const Archives = ({ person }: { person: PractitionerView }) => (
  <section className={matter.section} aria-label="年度诚信档案">
    <div className={matter.sectionHead}>
      <h2>年度诚信档案</h2>
    </div>
    <div className={matter.sectionBody}>
      {person.archives.length === 0 ? (
        <p className={matter.quiet}>每年 1 月 1 日自动建立上一年度的档案。</p>
      ) : (
        <ul>
          {person.archives.map((archive) => (
            <Year key={archive.year} archive={archive} />
          ))}
        </ul>
      )}
    </div>
  </section>
);
