/** The path by which short messages are sent; what the gateway tells us (`delivery-report`) comes in at our own address. Source: assumption, see README.md. */
export const smsGatewayPaths = { 'send-sms': '/ext/sms-gateway/messages' } as const;

/** The same of mail. */
export const mailGatewayPaths = { 'send-mail': '/ext/mail-gateway/messages' } as const;
