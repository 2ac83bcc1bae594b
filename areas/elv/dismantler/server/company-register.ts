import { dataLake } from '#connectors/data-lake/exchanges.ts';
import { type ExchangesOf, messageTo, type ResponseOf } from '#kernel/connector/connector.ts';
import type { CompanyRegister } from '#practices/registry/server/company-register.ts';

type LegalPerson = ResponseOf<ExchangesOf<typeof dataLake>['get-legal-person']>;

/** In the register's own word. Anything else, a word we do not know too, is not in business. Source: domain 9.3. */
const inBusiness = '存续';

/** The company register as the city's data lake has it: what every declaration of a dismantler is compared with. Source: tender R10, R49. */
export const legalPersons: CompanyRegister = {
  exchange: 'data-lake.get-legal-person',
  title: '法人库',
  message: (reference, creditCode) => messageTo(dataLake, 'get-legal-person', { reference, uscc: creditCode }),
  read: (answer) => {
    // Parsed by the exchange's response schema before it came here.
    const { name, uscc, legalRep, status, registeredAddr, updatedAt } = answer as LegalPerson;
    return {
      inBusiness: status === inBusiness,
      standing: status,
      values: { name, creditCode: uscc, legalRep, registeredAddr },
      updatedAt,
    };
  },
  notFound: '4040',
};
