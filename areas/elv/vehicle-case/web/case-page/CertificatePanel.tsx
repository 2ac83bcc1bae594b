import { Button } from 'antd';
import { addressOf } from '#kernel/contract/client.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { may, useSession } from '#web-kit/session.tsx';
import { vehicleCaseContract } from '../../model/vehicle-case.contract.ts';
import { isIdentityInQuestion } from '../../model/vehicle-case.identity.ts';
import { useOpenCase } from './case-context.tsx';
import styles from './case-page.module.css';

const Print = ({ caseId, certificateNo }: { caseId: string; certificateNo: string }) => {
  const all = addressOf(vehicleCaseContract.certificatePdf, { id: caseId, copies: 'all' }).url;
  const owner = addressOf(vehicleCaseContract.certificatePdf, { id: caseId, copies: 'owner' }).url;
  return (
    <div className={styles.buttons}>
      <Button type="primary" href={all} target="_blank" rel="noreferrer">
        打印六联
      </Button>
      <Button href={owner} target="_blank" rel="noreferrer">
        打印车主联
      </Button>
      <Button href={all} download={`回收证明 ${certificateNo}.pdf`}>
        下载
      </Button>
    </div>
  );
};

/** The recycling certificate and the deregistration certificate, once they are there. Source: tender R06, R07. */
export const CertificatePanel = () => {
  const { view } = useOpenCase();
  const session = useSession();
  const { certificate, deregistration } = view;
  if (!certificate && !deregistration) return null;
  return (
    <section className={matter.section} id={anchorOf('certificate')} aria-labelledby="title-certificate">
      <div className={matter.sectionHead}>
        <h2 id="title-certificate">证明</h2>
      </div>
      <div className={styles.sectionBody}>
        {certificate && (
          <div className={styles.certificate}>
            <span>报废机动车回收证明</span>
            <strong>{certificate.certificateNo}</strong>
            <span>{certificate.issuedOn} 出具</span>
            {isIdentityInQuestion(view.state) && <span>车辆身份更正中，不能打印</span>}
            {!isIdentityInQuestion(view.state) && may(session, 'elv.vehicle-case:printCertificate') && (
              <Print caseId={view.id} certificateNo={certificate.certificateNo} />
            )}
          </div>
        )}
        {deregistration?.certificateNo && (
          <div className={styles.certificate}>
            <span>机动车注销证明</span>
            <strong>{deregistration.certificateNo}</strong>
            <span>{deregistration.issuedOn} 出具</span>
          </div>
        )}
      </div>
    </section>
  );
};
