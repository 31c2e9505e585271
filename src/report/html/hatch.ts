/** A rectangle in a chart's units. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const fixed = (value: number): string => `${Math.round(value * 10) / 10}`;

/**
 * The path of diagonal lines that fill a box. Drawn line by line instead of as an SVG pattern: a pattern needs an id, which
 * two reports on one page would share, and CloudWatch's dashboards clean markup before they show it.
 */
export function hatchPath({ left, right, top, bottom }: Box, spacing: number): string {
  const height = bottom - top;
  const lines: string[] = [];
  // Each line goes up to the right from (start, bottom); starts stand on a common raster, so that neighbours join.
  for (let start = Math.ceil((left - height) / spacing) * spacing; start < right; start += spacing) {
    const [x1, x2] = [Math.max(start, left), Math.min(start + height, right)];
    if (x1 >= x2) continue;
    lines.push(`M${fixed(x1)} ${fixed(bottom - (x1 - start))}L${fixed(x2)} ${fixed(bottom - (x2 - start))}`);
  }
  return lines.join('');
}
