/** A page that could not be shown, or taken off the desk screen: why, and the same once more with one press. */
import { Button } from 'react-aria-components';
import { describeFailure } from '#shared/failure.ts';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { goneButHeld } from './gone-but-held.ts';
import { deskFailure, type TakeState } from './order-reading.ts';
import type { Card } from './tray.tsx';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly card: Card;
  readonly state: TakeState;
  /** This document lies on the desk screen. */
  readonly isHere: boolean;
  readonly orders: VisitOrders;
}

export function DeskTrouble({ card, state, isHere, orders }: Props) {
  const failure = deskFailure(orders.orders);
  if (!failure) return null;
  const { request, code } = failure;
  const isShow = request.kind === 'show';
  const key = isShow ? `show:${request.documentId}` : 'clearDesk';
  if (isShow ? request.documentId !== card.documentId : !isHere) return null;
  if (orders.isOnItsWay(key) || orders.refusals.has(key)) return null;
  const again = goneButHeld(card, state, code);
  return (
    <div className="card-refused" role="alert">
      <p className="with-mark">
        <ToneMark tone="bad" />
        <span>
          <strong>{isShow ? words.tray.notShown : words.tray.notCleared}.</strong>{' '}
          {again ?? sentence(counsellorFailure(code))}
        </span>
      </p>
      {(again || describeFailure(code).retryable) && (
        <Button
          className="button small"
          isDisabled={isShow && state.kind !== 'taken'}
          onPress={() => orders.place(key, request)}
        >
          {words.tray.tryAgain}
        </Button>
      )}
    </div>
  );
}
