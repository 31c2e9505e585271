import type { UtcDay } from './utc-day.ts';

const encoder = new TextEncoder();

/**
 * FNV-1a over UTF-8, 32 bits, unsigned: the same number on every machine and in every release, which is all that is
 * asked of it (it spreads well, but keeps nobody from making collisions).
 * @see https://www.rfc-editor.org/rfc/rfc9923 (FNV, with test vectors)
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * Which of `shards` shards counts a user of an app on a day, from 0. All that is counted of one user, app and day is in
 * one shard, so distinct users may be counted shard by shard and added up; days and apps spread over all shards, so a
 * big one fills none.
 */
export const shardOf = (day: UtcDay, app: string, userId: string, shards: number): number =>
  fnv1a(`${day}\n${app}\n${userId}`) % shards;
