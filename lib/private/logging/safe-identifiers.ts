import { DataIdentifier } from 'aws-cdk-lib/aws-logs';

/**
 * Identifiers whose masks leave an invocation record readable.
 *
 * Each finds a private key block, or a value of letters or at least nine digits near a keyword. A token count or a latency has
 * neither, so none is masked. Source: Amazon CloudWatch Logs User Guide, "Types of data that you can protect".
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
