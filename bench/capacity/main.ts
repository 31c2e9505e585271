import { backfill, firstNight, type Workload } from './simulate.ts';

/* `npm run bench:capacity`: how long a table of one write unit takes for a first night and for a backfill. */

const sizes = [100, 1000, 10_000, 100_000, 1_000_000];
const minutes = (value: number): string => (value < 100 ? `${value.toFixed(1)} min` : `${(value / 60).toFixed(1)} h`);

process.stdout.write('| apps | users a day | first night of 7 days | attempts | backfill of 400 days | attempts |\n');
process.stdout.write('| ---: | ---: | ---: | ---: | ---: | ---: |\n');
for (const apps of [1, 20, 100]) {
  for (const usersADay of sizes) {
    const workload: Workload = { apps, usersADay };
    const [night, past] = [await firstNight(workload), await backfill(workload)];
    const cells = [apps, usersADay.toLocaleString('en'), minutes(night.minutes), night.attempts];
    process.stdout.write(`| ${[...cells, minutes(past.minutes), past.attempts].join(' | ')} |\n`);
  }
}
