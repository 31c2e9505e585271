import leven from 'leven';

/** A third of the letters may be wrong, and two always: what is further off was not meant. */
const mistakesIn = (text: string): number => Math.max(2, Math.floor(text.length / 3));

/** Which of these a person may have meant; undefined where none is near. */
export function nearest(typed: string, names: Iterable<string>): string | undefined {
  const distances = [...names]
    .map((name) => ({ name, mistakes: leven(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, mistakes }) => mistakes <= mistakesIn(typed) && mistakes < name.length)
    // Of equally near ones that of the same length: letters change places more often than they go missing.
    .sort((a, b) => a.mistakes - b.mistakes || lengthApart(a.name, typed) - lengthApart(b.name, typed));
  return distances[0]?.name;
}

const lengthApart = (a: string, b: string): number => Math.abs(a.length - b.length);
