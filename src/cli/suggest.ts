import leven from 'leven';

/** A third of the letters may be wrong, and two always: what is further off was not meant. */
const mistakesIn = (text: string): number => Math.max(2, Math.floor(text.length / 3));

/** Which of these a person may have meant; undefined where none is near. */
export function nearest(typed: string, names: Iterable<string>): string | undefined {
  const distances = [...names]
    .map((name) => ({ name, mistakes: leven(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, mistakes }) => mistakes <= mistakesIn(typed) && mistakes < name.length)
    .sort((a, b) => a.mistakes - b.mistakes);
  return distances[0]?.name;
}
