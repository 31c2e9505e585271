import type { Definition } from '../domain/definition.ts';
import { parseDefinition } from '../schemas/definition.ts';
import { games } from './games.ts';

/** The definition `games`, which counts where no other is named. */
export const gamesDefinition: Definition = parseDefinition(games, 'the preset games');
