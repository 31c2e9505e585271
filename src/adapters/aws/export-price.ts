import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import * as z from 'zod';
import { parseJsonInput } from '../../schemas/parse-input.ts';

/**
 * The price list's names of the two kinds of export.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-understanding-billing.html
 */
const volumeTypes = {
  FULL_EXPORT: 'Amazon DynamoDB - Export Size',
  INCREMENTAL_EXPORT: 'Amazon DynamoDB - Incremental Export',
} as const;

/**
 * One of the regions that answer for the price lists of all.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
const PRICE_LIST_REGION = 'us-east-1';

/** Milliseconds: where only the region's own services can be reached, nobody shall wait long for a price. */
const PATIENCE = { connectionTimeout: 3000, requestTimeout: 5000 };

/*
 * A product of the price list, as JSON in a string; one price for each band of use.
 *
 *   { "product": { "attributes": { "regionCode": "us-east-2", … } },
 *     "terms": { "OnDemand": { "ABC.DEF": { "priceDimensions": { "ABC.DEF.GHI":
 *       { "unit": "GB", "beginRange": "0", "endRange": "Inf", "pricePerUnit": { "USD": "0.1000000000" } } } } } } }
 */
const product = z.object({
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ pricePerUnit: z.object({ USD: z.string().regex(/^\d+(?:\.\d+)?$/, 'a price in US dollars') }) }),
        ),
      }),
    ),
  }),
});

/**
 * Looks the price of an export up in AWS's price list, which costs nothing and wants `pricing:GetProducts`.
 * @returns US dollars for a gigabyte, before discounts; undefined where the list has none for the region
 */
export async function exportPrice(type: keyof typeof volumeTypes, region: string): Promise<number | undefined> {
  const client = new PricingClient({ region: PRICE_LIST_REGION, maxAttempts: 2, requestHandler: PATIENCE });
  const fields = { regionCode: region, volumeType: volumeTypes[type] };
  const Filters = Object.entries(fields).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }));
  const { PriceList = [] } = await client.send(new GetProductsCommand({ ServiceCode: 'AmazonDynamoDB', Filters }));
  const prices = (PriceList as string[]).flatMap((text) =>
    pricesOf(parseJsonInput(product, `${text}`, 'the price list of AWS')),
  );
  // A band that is free of charge is one for a beginning.
  return prices.length === 0 ? undefined : Math.max(...prices);
}

const pricesOf = ({ terms }: z.output<typeof product>): number[] =>
  Object.values(terms.OnDemand).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions).map(({ pricePerUnit }) => Number(pricePerUnit.USD)),
  );
