import { paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import type { Clients } from './clients.ts';

const eventSchema = z.object({
  eventID: z.string(),
  eventName: z.string(),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
});

type RecordedEvent = z.output<typeof eventSchema>;

export interface RecordedRequest {
  /** Another for each request, be their parameters the same. */
  readonly id: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Every call of an operation, as CloudTrail has recorded it, the oldest first. */
export async function recordedRequests(clients: Clients, operation: string): Promise<RecordedRequest[]> {
  const events = (await recordedEvents(clients)).filter(({ eventName }) => eventName === operation);
  return events.map(({ eventID, requestParameters }) => ({ id: eventID, parameters: requestParameters ?? {} }));
}

/** Every operation that was called on a table, each once. */
export async function operationsOn(clients: Clients, table: string): Promise<string[]> {
  const names = (await recordedEvents(clients))
    .filter(({ requestParameters }) => JSON.stringify(requestParameters?.TableName ?? '').includes(table))
    .map(({ eventName }) => eventName);
  return [...new Set(names)].sort();
}

async function recordedEvents({ cloudTrail }: Clients): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const { Events = [] } of paginateLookupEvents({ client: cloudTrail }, {})) {
    events.push(...Events.map(({ CloudTrailEvent = '' }) => eventSchema.parse(JSON.parse(CloudTrailEvent))));
  }
  return events.reverse();
}
