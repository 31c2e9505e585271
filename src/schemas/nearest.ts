import leven from 'leven';

/** The name that was probably meant, or undefined where none is near: at most a third of it is mistyped, and not all. */
function nearest(found: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: leven(found.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance < name.length && distance <= Math.ceil(name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/**
 * A question to put behind what was expected, where a name that was found is nearly one of these; empty otherwise.
 * @param found a name, several, or an object with them as its keys
 */
export function didYouMean(found: unknown, names: readonly string[]): string {
  const near = namesIn(found)
    .filter((name) => !names.includes(name))
    .flatMap((name) => nearest(name, names) ?? []);
  return near.length === 0 ? '' : `; did you mean ${near.map((name) => `"${name}"`).join(', ')}?`;
}

function namesIn(found: unknown): string[] {
  if (typeof found === 'string') return [found];
  if (Array.isArray(found)) return found.filter((name) => typeof name === 'string');
  return typeof found === 'object' && found !== null ? Object.keys(found) : [];
}
