import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { type AnalyticsRecord, RETENTION_DAYS } from '../../src/domain/analytics-record.ts';
import { acknowledge, manyObjectsOf } from './acknowledge.ts';
import { privateBucket } from './private-bucket.ts';

/** `provisioned` is 1 RCU and 1 WCU: slow, and enough, for writers pace themselves and retry. */
export type AnalyticsBilling = 'provisioned' | 'on-demand';

export interface AnalyticsTableProps {
  /** @default 'provisioned' */
  readonly billing?: AnalyticsBilling | undefined;
  /**
   * Whether the numbers can be restored to any second of the last 35 days.
   * @default false: a lost table is filled again by replays and a backfill
   */
  readonly pointInTimeRecovery?: boolean | undefined;
  /**
   * Encrypts the per-user detail kept in S3.
   * @default - keys managed by S3
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * A table that an earlier installation has left behind, to go on with its numbers. It is used as it stands: `billing`
   * then says how it is billed, and its recovery is its own.
   * @default - a new one
   */
  readonly tableName?: string | undefined;
  /**
   * A bucket of per-user detail that an earlier installation has left behind.
   * @default - a new one
   */
  readonly detailBucketName?: string | undefined;
}

/**
 * Where the numbers are kept: a table with one item per day and app, and a bucket for per-user detail that is too big
 * for an item. Both outlive the stack, and both forget after {@link RETENTION_DAYS} days.
 */
export class AnalyticsTable extends Construct {
  /** Whether it has a write unit, and no more: how much is written a day is then bounded. */
  readonly isProvisioned: boolean;
  readonly table: Pick<ITable, 'tableName' | 'tableArn' | 'grant'>;
  readonly detailBucket: Pick<IBucket, 'bucketName' | 'arnForObjects'> & IConstruct;
  readonly detailPrefix = 'detail/';

  constructor(scope: Construct, id: string, props: AnalyticsTableProps = {}) {
    super(scope, id);
    this.isProvisioned = props.billing !== 'on-demand';
    this.table = props.tableName === undefined ? this.#makeTable(props) : this.#adoptTable(props.tableName, props);
    this.detailBucket =
      props.detailBucketName === undefined
        ? this.#makeDetailBucket(props)
        : Bucket.fromBucketName(this, 'DetailBucket', props.detailBucketName);
  }

  #makeTable(props: AnalyticsTableProps): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: attribute('date'), type: AttributeType.STRING },
      sortKey: { name: attribute('app'), type: AttributeType.STRING },
      timeToLiveAttribute: attribute('expiresAt'),
      ...(props.billing === 'on-demand'
        ? { billingMode: BillingMode.PAY_PER_REQUEST }
        : { billingMode: BillingMode.PROVISIONED, readCapacity: 1, writeCapacity: 1 }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: props.pointInTimeRecovery ?? false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (props.pointInTimeRecovery !== true) {
      acknowledge(table, {
        'AwsSolutions-DDB3':
          'The table is derived data: replays and a backfill fill it again; the context can turn PITR on.',
      });
    }
    return table;
  }

  #adoptTable(tableName: string, { pointInTimeRecovery }: AnalyticsTableProps): ITable {
    if (pointInTimeRecovery === true) {
      // https://docs.aws.amazon.com/cdk/v2/guide/annotations.html: said without a stack trace, and nothing is deployed.
      Annotations.of(this).addError(
        `The Analytics Table ${tableName} is adopted as it stands, and CloudFormation cannot turn its point-in-time recovery on. Leave the choice away, and: aws dynamodb update-continuous-backups --table-name ${tableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
      );
    }
    return Table.fromTableName(this, 'Table', tableName);
  }

  #makeDetailBucket({ encryptionKey }: AnalyticsTableProps): Bucket {
    return privateBucket(this, 'DetailBucket', {
      encryptionKey,
      expiration: Duration.days(RETENTION_DAYS),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Reading the ledger, of days that are known: never a scan. */
  grantReadLedger(grantee: IGrantable): void {
    this.table.grant(grantee, 'dynamodb:BatchGetItem');
  }

  /** Reading the ledger and what stands on a day, and writing in its place by condition; nothing is ever deleted. */
  grantReadWrite(grantee: IGrantable & IConstruct): void {
    this.table.grant(grantee, 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem');
    const objects = `${this.detailPrefix}*`;
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.detailBucket.arnForObjects(objects)] }),
    );
    acknowledge(grantee, {
      [manyObjectsOf(this.detailBucket, objects)]: 'The names of the objects hold the day, the app and the export.',
    });
  }
}

/** Lets the compiler see that the attributes named here are those of the stored record. */
const attribute = (name: keyof AnalyticsRecord): string => name;
