import { paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import type { Clients } from './clients.ts';

const eventSchema = z.object({ requestParameters: z.record(z.string(), z.unknown()) });

/** The parameters of every call of an operation, as CloudTrail has recorded them, the oldest first. */
export async function recordedRequests({ cloudTrail }: Clients, operation: string): Promise<Record<string, unknown>[]> {
  const lookup = { LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: operation }] };
  const requests: Record<string, unknown>[] = [];
  for await (const { Events = [] } of paginateLookupEvents({ client: cloudTrail }, lookup)) {
    requests.push(
      ...Events.map((event) => eventSchema.parse(JSON.parse(event.CloudTrailEvent ?? '')).requestParameters),
    );
  }
  return requests.reverse();
}
