/** How the supervision system is registered at the simulated sign-on. No secret: these stand in for what a real provider would hand out. */
export const simulatedClient = {
  title: '政务统一身份认证（仿真）',
  clientId: 'sww-supervision',
  clientSecret: 'simulated-sign-on',
  identityClaim: 'identity_number',
  /** The page the browser is sent back to, below the supervision system's address. */
  callbackPath: '/sign-in/callback',
  /** Where the provider lives, below the simulators' address. */
  issuerPath: '/sign-on',
} as const;
