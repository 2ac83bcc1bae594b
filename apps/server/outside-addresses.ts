/** The outside systems, each with the setting that says where it is reached. */
export const outsideVariables = {
  police: 'POLICE_URL',
  'national-circulation': 'NATIONAL_URL',
  identity: 'IDENTITY_URL',
  'data-lake': 'DATA_LAKE_URL',
  hotline: 'HOTLINE_URL',
  enforcement: 'ENFORCEMENT_URL',
  'sms-gateway': 'SMS_GATEWAY_URL',
  'mail-gateway': 'MAIL_GATEWAY_URL',
  'one-stop': 'ONE_STOP_URL',
} as const;

/** A system outside, by its id. */
export type OutsideSystem = keyof typeof outsideVariables;

/** Where the outside systems are reached. */
export type OutsideAddresses = Readonly<Record<OutsideSystem, string>>;

/** Something for each outside system. */
export const forEachOutside = <T>(make: (system: OutsideSystem) => T): Readonly<Record<OutsideSystem, T>> => ({
  police: make('police'),
  'national-circulation': make('national-circulation'),
  identity: make('identity'),
  'data-lake': make('data-lake'),
  hotline: make('hotline'),
  enforcement: make('enforcement'),
  'sms-gateway': make('sms-gateway'),
  'mail-gateway': make('mail-gateway'),
  'one-stop': make('one-stop'),
});
