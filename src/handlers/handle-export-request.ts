import { dayOfMillis } from '../domain/utc-day.ts';
import {
  type RequestContext,
  type RequestedExports,
  type RequestPorts,
  requestExports,
} from '../pipeline/request/request-exports.ts';
import { exportRequest } from '../schemas/export-request.ts';
import { parseInput } from '../schemas/parse-input.ts';

/**
 * Asks DynamoDB for the exports that tonight, or a person, wants.
 * @param event see schemas/export-request.ts
 * @throws InvalidInput before anything is asked for, and all that requestExports throws
 */
export async function handleExportRequest(
  event: unknown,
  ports: RequestPorts,
  context: RequestContext,
): Promise<RequestedExports> {
  const today = dayOfMillis(context.now.getTime());
  return await requestExports(parseInput(exportRequest(today), event, 'the export request'), ports, context);
}
