import { Stack, type StackProps } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { Daytally, type DaytallyProps } from './constructs/daytally.ts';

export interface DaytallyStackProps extends StackProps, Omit<DaytallyProps, 'table' | 'encryptionKey'> {
  /** An existing table of the stack's account and region. */
  readonly tableName: string;
  /**
   * A key of the stack's region that encrypts exports and per-user detail; its policy must let the account's roles use it.
   * @default - keys managed by S3
   */
  readonly kmsKeyArn?: string | undefined;
}

/** Daytally beside a table that exists already, and outputs for those who operate it. */
export class DaytallyStack extends Stack {
  readonly daytally: Daytally;

  constructor(scope: Construct, id: string, props: DaytallyStackProps) {
    super(scope, id, { description: `Daily product metrics of the DynamoDB table ${props.tableName}`, ...props });
    const table = Table.fromTableName(this, 'Source', props.tableName);
    const encryptionKey = props.kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', props.kmsKeyArn);
    this.daytally = new Daytally(this, 'Daytally', { ...props, table, encryptionKey });
    this.daytally.addOutputs();
  }
}
