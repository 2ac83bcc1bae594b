import type { ControlView } from '../model/cryptography.contract.ts';
import type { ProbeName } from './probes.ts';

/** A control as it stands in the standard, with how this system meets it. */
export interface Control extends Pick<ControlView, 'id' | 'standard' | 'layer' | 'title' | 'how' | 'cloud'> {
  /** What shows it now. */
  readonly probes: readonly ProbeName[];
}

const crypto = (
  id: string,
  layer: string,
  title: string,
  how: string,
  probes: readonly ProbeName[],
  cloud: string | null = null,
): Control => ({ id, standard: 'GB/T 39786', layer, title, how, probes, cloud });

const level = (
  id: string,
  layer: string,
  title: string,
  how: string,
  probes: readonly ProbeName[],
  cloud: string | null = null,
): Control => ({ id, standard: 'GB/T 22239', layer, title, how, probes, cloud });

const network = '网络和通信安全';
const device = '设备和计算安全';
const application = '应用和数据安全';
const keysAndProducts = '密钥与密码产品';

/**
 * The controls of cryptographic application, level three, that software can meet or must name. Source: GB/T 39786—2021 8.2 (network), 8.3 (devices), 8.4
 * (applications and data), 8.5 (management of keys, in part); tender T5.1–T5.8. The wording is ours.
 */
const cryptographic: readonly Control[] = [
  crypto(
    '39786-8.2-1',
    network,
    '通信身份鉴别、完整性、机密性',
    '对外只经 https；与外部系统的报文逐条签名、敏感字段加密，不依赖通道。',
    ['transport'],
    '国密 TLCP 通道与站点证书由云平台安全认证网关终结。',
  ),
  crypto(
    '39786-8.2-2',
    network,
    '网络边界访问控制信息的完整性',
    '边界设备不在软件范围内。',
    [],
    '防火墙、网关的访问控制规则由云平台以密码技术保护。',
  ),
  crypto(
    '39786-8.3-1',
    device,
    '设备管理身份鉴别与远程管理通道',
    '软件不提供远程管理服务器的通道。',
    [],
    '堡垒机、SSH 的身份鉴别与加密通道由云平台提供。',
  ),
  crypto(
    '39786-8.3-2',
    device,
    '系统资源访问控制信息完整性',
    '权限清单带 SM3 摘要和 SM2 签名，载入和每小时验证；被直接改库即拒绝授权并告警，只放审计员进入。',
    ['accessList'],
    '操作系统、数据库自身的访问控制信息由平台保护。',
  ),
  crypto(
    '39786-8.3-3',
    device,
    '日志记录完整性',
    '日志按摘要成链，定时以 SM2 封签，封签号另存于库外；服务用的数据库用户只能增、查。',
    ['auditLog'],
    '操作系统和数据库的日志由平台采集并保护。',
  ),
  crypto(
    '39786-8.3-4',
    device,
    '重要可执行程序完整性、来源真实性',
    '发布时为每个程序文件（含运行所需的包）计算 SM3 并以发布者 SM2 密钥签名，启动时核对；改、缺、增均指名并可拒绝启动。',
    ['release'],
  ),
  crypto(
    '39786-8.4-1',
    application,
    '身份鉴别',
    '口令以 PBKDF2-HMAC-SM3 存储；管理员和敏感岗位须第二因素：动态口令，或绑定到用户的 SM2 数字证书挑战应答。',
    ['passwords', 'secondFactor'],
    '个人证书由具资质的机构签发；UKey 由平台发放。',
  ),
  crypto(
    '39786-8.4-2',
    application,
    '访问控制信息完整性',
    '角色、授权、特别授权同在一份签名清单中，逐行的摘要另以 HMAC-SM3 保护。',
    ['accessList'],
  ),
  crypto(
    '39786-8.4-3',
    application,
    '重要信息资源安全标记完整性',
    '字段的敏感等级写在程序中，随发布清单签名；不能在库里改动。',
    ['release'],
  ),
  crypto(
    '39786-8.4-4',
    application,
    '重要数据传输的机密性、完整性',
    '通道加密之外，外部报文另有 SM2 签名与 SM4 字段加密。',
    ['transport'],
    '浏览器侧国密通道由安全认证网关提供。',
  ),
  crypto(
    '39786-8.4-5',
    application,
    '重要数据存储的机密性',
    '证件号、电话、地址、账号、报文、登录秘密以 SM4 加密，可检索列用 HMAC-SM3 盲索引；文件逐个用自己的数据密钥加密。',
    ['sealedSamples', 'files'],
    '设置 CRYPTO_URL 后由数据库加密服务、加密存储服务完成。',
  ),
  crypto(
    '39786-8.4-6',
    application,
    '重要数据存储的完整性',
    '密文绑定其所在位置并带 HMAC-SM3；案卷步骤成链；日志封签。改、移、换均不能解密或验签。',
    ['sealedSamples', 'files', 'auditLog'],
  ),
  crypto(
    '39786-8.4-7',
    application,
    '不可否认性',
    '每一审批步骤由本人 SM2 密钥签名，覆盖案卷、动作、版本、输入、记录摘要和时间；签名密钥由系统签发 SM2 证书，绑定账号；案卷页逐步验签，可连同证书下载到别处核验。',
    ['signatures'],
    '正式运行时个人密钥应在签名验签服务或 UKey 中，证书由具资质的机构签发。',
  ),
  crypto('39786-8.5-1', keysAndProducts, '算法合规', '只用 SM2、SM3、SM4；程序每次自查都重算标准示例。', [
    'algorithms',
  ]),
  crypto(
    '39786-8.5-2',
    keysAndProducts,
    '密钥管理',
    '密钥按用途分开，有编号和版本；主密钥在数据库之外，可以更换（npm run renew-master-key），期间新旧两把并用；轮换可中断、可续做，旧密钥在全部换出后停用。',
    ['keys'],
    '主密钥应由密码机或云密钥服务保管，双人操作。',
  ),
  crypto(
    '39786-8.5-3',
    keysAndProducts,
    '密码产品与服务（GB/T 37092 二级）',
    '密码经统一接口，软件与云服务两种实现通过同一套测试；可要求非认证密码不得启动。',
    ['edition'],
    '提供经认证的密码机、签名验签服务、数据库加密与加密存储服务。',
  ),
];

const identity = '身份鉴别';
const accessControl = '访问控制';
const audit = '安全审计';
const data = '数据安全';

/** The controls of classified protection, level three, of the secure computing environment that software can meet. Source: GB/T 22239—2019 8.1.4; domain 10.3. */
const classified: readonly Control[] = [
  level('22239-8.1.4.1-a', identity, '口令复杂度与更换', '口令规则不能设得低于三级要求；首次登录强制修改。', [
    'passwords',
  ]),
  level(
    '22239-8.1.4.1-b',
    identity,
    '失败处理与会话',
    '失败锁定、验证码、闲置退出、在线数限制；提示不区分用户是否存在。',
    ['lockOut'],
  ),
  level('22239-8.1.4.1-c', identity, '防窃听', '鉴别信息只经加密通道；会话令牌只存 SM3 摘要。', ['transport']),
  level('22239-8.1.4.1-d', identity, '两种以上鉴别，其一为密码技术', '管理员及敏感岗位须第二因素。', ['secondFactor']),
  level(
    '22239-8.1.4.2-a',
    accessControl,
    '最小权限、权限分离',
    '默认拒绝；系统、安全、审计三员互斥，授权须第二人同意；平台人员的密码和第二重验证由系统管理员申请、安全管理员批准，新密码一人一段；没有超级用户。',
    ['separation', 'accessList'],
  ),
  level(
    '22239-8.1.4.2-b',
    accessControl,
    '访问粒度与安全标记',
    '到行、到字段：按机构、区划、本人限定行，按敏感等级显示明文、掩码或不显示，编译为同一 SQL。',
    ['accessList'],
  ),
  level(
    '22239-8.1.4.3',
    audit,
    '覆盖每个用户，防删改，留存六个月以上',
    '登录、增删改、授权、导出、审批、接口均留记录；成链、封签、按月归档；留存期不能设到六个月以下。',
    ['auditLog'],
    '日志应另行汇集到平台的日志审计系统。',
  ),
  level(
    '22239-8.1.4.4',
    '入侵防范',
    '输入校验与最小安装',
    '全部接口按约定校验类型、长度和大小；上传只收真正的照片和 PDF；响应头限制脚本来源；只用有清单的软件包（npm run sbom）。',
    ['release'],
    '漏洞扫描、主机入侵检测由平台提供。',
  ),
  level(
    '22239-8.1.4.5',
    '恶意代码防范',
    '上传内容识别',
    '按内容而非扩展名识别，拒绝可执行内容和图片炸弹。',
    [],
    '病毒查杀由平台提供。',
  ),
  level(
    '22239-8.1.4.6',
    '可信验证',
    '应用程序可信验证',
    '启动时核对签名的发布清单，不符即记入安全日志。',
    ['release'],
    '由硬件可信根到操作系统的可信启动由平台提供。',
  ),
  level('22239-8.1.4.7', data, '数据完整性', '密文带校验码，步骤与日志成链签名。', ['sealedSamples', 'signatures']),
  level('22239-8.1.4.8', data, '数据保密性', '个人信息、登录秘密与文件加密存储。', ['sealedSamples', 'files']),
  level(
    '22239-8.1.4.9',
    data,
    '备份与恢复',
    '数据库与文件目录可整体备份；主密钥须另行备份，丢失即丢失全部加密数据；由软件密钥改用密码服务之后，主密钥仍须一直保留。',
    [],
    '本地与异地备份、恢复演练由平台提供。',
  ),
  level(
    '22239-8.1.4.10',
    data,
    '剩余信息保护',
    '退出即销毁会话；口令、密钥不写日志；浏览器不缓存接口应答和人员证件照片，退出时清除缓存和未保存的录入。',
    ['lockOut'],
  ),
  level('22239-8.1.4.11', data, '个人信息保护', '最小必要、掩码显示；看明文须说明理由并留记录。', ['sealedSamples']),
];

/** Every control the self-check tells of, in the order of the standards. */
export const controls: readonly Control[] = [...cryptographic, ...classified];
