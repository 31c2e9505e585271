/**
 * On-demand list prices, US dollars, region us-east-1, without free tiers and discounts, as of November 2024, as
 * they were known to whoever wrote this table: compare them with the pages named before you decide by them.
 */
export const prices = {
  date: '2024-11',
  /** https://aws.amazon.com/lambda/pricing/ (arm64, first tier) */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  /** https://aws.amazon.com/step-functions/pricing/ (Standard workflows) */
  stateTransition: 0.025 / 1e3,
  /** https://aws.amazon.com/s3/pricing/ (S3 Standard) */
  s3Put: 0.005 / 1e3,
  s3Get: 0.0004 / 1e3,
  /** https://aws.amazon.com/athena/pricing/ (bytes as they lie in S3, compressed) */
  athenaTerabyte: 5,
  /** https://aws.amazon.com/glue/pricing/ (a DPU is 4 vCPUs; billed by the second, a minute at least) */
  glueDpuHour: 0.44,
  /** https://aws.amazon.com/ec2/pricing/on-demand/ (c7g.16xlarge: 64 vCPUs, 128 GiB) */
  instanceHour: 2.312,
} as const;

/** Limits of the services, unless an account has asked for more. */
export const limits = {
  /** What the stack allows itself of the account's 1,000. */
  /** `largeExportConcurrency`; the default is 50, for accounts that have no more to spare. */
  concurrency: 200,
  /** https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html: 1,000 new instances every ten seconds. */
  startsPerSecond: 100,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html, for each prefix */
  s3GetsPerSecond: 5_500,
  s3PutsPerSecond: 3_500,
} as const;

/**
 * What was not measured here: guesses, those of the alternatives in their favour.
 */
export const assumptions = {
  /** Of a core of this machine, how much one vCPU of Lambda does, with S3 in the place of the disk. */
  lambdaShareOfCore: 0.5,
  /** Seconds until a function's first instance has started, and a state machine's state has. */
  coldStartSeconds: 1,
  stateSeconds: 0.5,
  /** One request to S3 takes so long; a merge has 16 under way. */
  s3RequestSeconds: 0.03,
  mergeRequestsAtATime: 16,
  /** Athena's speed is not promised: decompressed bytes a second of one query over gzipped JSON. */
  athenaBytesPerSecond: 5e9,
  athenaStartSeconds: 3,
  /** Spark reading gzipped JSON: about as fast a core as DuckDB. A job takes a minute to start. */
  glueDpus: 40,
  glueStartSeconds: 60,
  /**
   * On one thread DuckDB was seen to take about 13 times as long as gunzip alone, which counting exceeds by half; not
   * measured again here. On 64 cores it is taken to lose nothing.
   */
  duckDbTimesOurs: 9,
  instanceCores: 64,
  instanceStartSeconds: 90,
} as const;
