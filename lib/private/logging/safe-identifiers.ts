import { DataIdentifier } from 'aws-cdk-lib/aws-logs';

/**
 * Identifiers whose masks leave an invocation record whole.
 *
 * Each one finds a private key block, or needs a keyword close by and then takes a form with letters or at least nine digits,
 * which no token count or latency has.
 */
export const SAFE_IDENTIFIERS: DataIdentifier[] = [
  DataIdentifier.AWSSECRETKEY,
  DataIdentifier.OPENSSHPRIVATEKEY,
  DataIdentifier.PGPPRIVATEKEY,
  DataIdentifier.PKCSPRIVATEKEY,
  DataIdentifier.PUTTYPRIVATEKEY,

  DataIdentifier.CREDITCARDNUMBER,
  DataIdentifier.BANKACCOUNTNUMBER_DE,
  DataIdentifier.BANKACCOUNTNUMBER_ES,
  DataIdentifier.BANKACCOUNTNUMBER_FR,
  DataIdentifier.BANKACCOUNTNUMBER_GB,
  DataIdentifier.BANKACCOUNTNUMBER_IT,

  DataIdentifier.SSN_US,
  DataIdentifier.INDIVIDUALTAXIDENTIFICATIONNUMBER_US,
  DataIdentifier.SOCIALINSURANCENUMBER_CA,
  DataIdentifier.CPFCODE_BR,
  DataIdentifier.CNPJ_BR,
  DataIdentifier.INSEECODE_FR,
  DataIdentifier.NATIONALINSURANCENUMBER_GB,
  DataIdentifier.NATIONALIDENTIFICATIONNUMBER_DE,
  DataIdentifier.NATIONALIDENTIFICATIONNUMBER_ES,
  DataIdentifier.NATIONALIDENTIFICATIONNUMBER_IT,
  DataIdentifier.NIENUMBER_ES,
  DataIdentifier.NIFNUMBER_ES,
  DataIdentifier.PASSPORTNUMBER_CA,
  DataIdentifier.PASSPORTNUMBER_DE,
  DataIdentifier.PASSPORTNUMBER_ES,
  DataIdentifier.PASSPORTNUMBER_FR,
  DataIdentifier.PASSPORTNUMBER_GB,
  DataIdentifier.PASSPORTNUMBER_IT,
  DataIdentifier.PASSPORTNUMBER_US,

  DataIdentifier.MEDICAREBENEFICIARYNUMBER_US,
  DataIdentifier.NHSNUMBER_GB,
];
