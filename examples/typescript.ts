// In a project of your own: import { defineTable } from 'daytally';
import { defineTable } from '../src/domain/define-table.ts';

const profile = { PK: 'STORE#${app}#USER#${user}', SK: 'PROFILE' };
const order = { PK: 'STORE#${app}#USER#${user}', SK: 'ORDER#${order}' };

/** The same table as that of shop.json. A metric of an activity that there is not does not compile. */
export default defineTable({
  version: 1,
  separator: '#',
  activities: {
    signUp: { is: profile, on: 'insert' },
    order: { is: order, on: 'insert' },
    payment: { is: order, on: { becomes: { status: { oneOf: ['paid', 'shipped'] } } } },
  },
  metrics: {
    signUps: { of: 'signUp', measure: 'count', title: 'Sign-ups' },
    buyers: { of: 'order', measure: 'distinctUsers' },
    orders: { of: 'order', measure: 'countPerUser' },
    revenue: { of: 'payment', measure: { sum: 'total' } },
  },
});
