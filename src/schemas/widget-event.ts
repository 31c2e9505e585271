import * as z from 'zod';

/*
 * What a CloudWatch dashboard invokes a custom widget with: the widget's own parameters, and the context.
 *
 *   { "describe": true }
 *   { "app": "chess", "widgetContext": { "timeRange": { "mode": "relative", "start": 1795219200000, "end": 1795305600000,
 *       "zoom": { "start": 1795219200000, "end": 1795262400000 } }, "theme": "dark", "width": 588, "height": 369, … } }
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html
 */
const instant = z.number('epoch milliseconds');
const timeSpan = z.object({ start: instant, end: instant });
const pixels = z.number('a number of pixels').positive('a number of pixels');

const widgetContext = z.object({
  timeRange: timeSpan.extend({ zoom: timeSpan.nullish() }),
  theme: z.enum(['light', 'dark'], 'light or dark').default('light'),
  width: pixels,
  height: pixels,
});

export const widgetEvent = z.union(
  [
    z.object({ describe: z.literal(true) }),
    z.object({
      app: z.string('the name of an app').min(1, 'the name of an app').optional(),
      metric: z.string('the id of a metric').optional(),
      widgetContext,
    }),
  ],
  { error: 'an object with a widgetContext, or {"describe": true}' },
);
