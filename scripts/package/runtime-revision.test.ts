import { expect, it } from 'vitest';
import { checkedRevision, madeOf, runtimeRevision } from './runtime-revision.ts';

it('the runtime’s packages are still made of what their revision says', () => {
  // Where not: node scripts/package/runtime-revision.ts
  expect(madeOf()).toEqual(runtimeRevision().of);
  expect(checkedRevision()).toBe(runtimeRevision().revision);
});
