/** So much is remembered at a time: some megabytes at most. */
const MAX_REMEMBERED = 20_000;

/** The same function of a text, which remembers its last results; it has to be pure. */
export function remembering<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    if (results.size >= MAX_REMEMBERED) results.clear();
    results.set(text, result);
    return result;
  };
}
