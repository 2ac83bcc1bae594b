/** Sentences people write again and again, by action; each can be changed after it is put in. Source: assumption, drawn from tender R02–R04 and domain 2.9, 3. */
const templates: Readonly<Record<string, readonly string[]>> = {
  returnDesk: [
    '行驶证照片不清晰，请重新拍摄上传',
    '车辆识别代号与公安登记不一致，请核对原件后修改',
    '所有人信息与行驶证不一致，请核对',
    '委托说明书未签章',
    '登记证书变更页缺失，请补充',
  ],
  refuse: [
    '车辆处于查封或抵押状态，不符合报废条件',
    '车辆涉嫌盗抢，已移交公安机关处理',
    '提交的证件不真实',
    '车辆已在其他企业受理',
  ],
  returnConfirm: [
    '车证信息与所有人信息不一致，请补正',
    '代理手续不全，请补充委托说明书',
    '审核意见不明确，请车管重新核对',
  ],
  takeOver: ['公安系统长时间未应答，先行人工审核'],
  returnEntry: [
    '整车照片号牌未入镜',
    '车架号照片不清晰，无法辨认',
    '钢印照片与车辆识别代号不符',
    '拖车单信息不完整',
    '进场时间与照片时间不符',
  ],
  returnDismantling: [
    '车架照片未见断开',
    '五大总成照片不全',
    '总成去向填写不完整',
    '号牌销毁照片不清晰',
    '拆解时间顺序有误，请核对',
  ],
  resendSupervised: ['公安长时间未答复，重新报送'],
  returnReport: ['全国系统退回，请按退回原因补正'],
  returnPapers: [
    '全国系统退回：燃料种类代码无效，请核对行驶证后更正',
    '全国系统退回：使用性质代码无效，请核对行驶证后更正',
  ],
  returnCorrection: ['更正内容与证件照片不一致，请核对', '请一并更换对应的证件照片'],
  requestIdentity: ['进场照片与钢印显示车架号与登记不一致，受理时录入有误', '号牌已换发，受理时录入的是旧号牌'],
  dropIdentity: ['经核对原车架号、号牌登记无误，无须更正'],
  dropIdentityDecision: ['全国系统不撤回原上报，按原身份办理', '证明材料不足以更正，按受理时的身份办理'],
  returnIdentity: ['证明照片看不清车架号，请补拍割下的钢印部位', '请补充写明经过并签章的情况说明'],
  rejectIdentity: ['割下的钢印与申报车辆不符，拆解的是另一辆车'],
  returnIdentityDecision: ['证明材料不足，请补充后由车管重新复核'],
  endWrongVehicle: ['拆解的不是申报车辆，已要求企业向公安机关报告'],
  endWithReportStanding: ['拆解的不是申报车辆，全国系统不撤回原上报，已另行联系处理'],
  raiseSupervision: ['属营运车辆，应在公安监督下解体', '实车与登记类型不符，按监销办理'],
  lowerSupervision: ['经核实为非营运车辆，不在监销范围'],
  liftFreeze: ['已向公安机关报告，答复可以继续办理'],
  passDesk: ['经核对无误', '差异为书写习惯不同，实质一致'],
  confirm: ['资料齐全，同意报废'],
  passEntry: ['进场资料齐全，照片清晰'],
  passDismantling: ['拆解资料齐全，去向明确'],
  passIdentity: ['钢印照片与公安登记一致，属录入错误'],
  confirmIdentity: ['证明充分，同意更正'],
  passCorrection: ['更正内容与证件照片一致'],
};

/** The reason templates of an action; none where people should use their own words. */
export const reasonTemplates = (action: string): readonly string[] => templates[action] ?? [];
