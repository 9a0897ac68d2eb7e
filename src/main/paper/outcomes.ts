import type { FailureCode } from '#shared/failure.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';

export function failed(code: FailureCode): OrderStatus {
  return { status: 'failed', code };
}
