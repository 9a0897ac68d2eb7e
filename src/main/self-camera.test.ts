import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SelfEvent, SelfOrder } from '#shared/ipc.ts';
import { createSelfCamera } from './self-camera.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const done: string[] = [];
  const orders: SelfOrder[] = [];
  let tell: (event: SelfEvent) => void = () => undefined;
  let crash: () => void = () => undefined;
  let resting = false;
  const camera = createSelfCamera({
    open(onEvent, onCrash) {
      done.push('opened');
      [tell, crash] = [onEvent, onCrash];
      return {
        session: { session: {} as never, origins: [] },
        setPlace: (place) => done.push(`${place}`),
        order: (order) => orders.push(order),
        close: () => done.push('closed'),
      };
    },
    onRest(next) {
      if (next !== resting) done.push(next ? 'rest' : 'back');
      resting = next;
    },
    onReady: () => done.push('ready'),
    onShot: () => done.push('shot'),
    onFailed: () => done.push('failed'),
  });
  return {
    camera,
    orders,
    tell: (event: SelfEvent) => tell(event),
    crash: () => crash(),
    /** Since the last look. */
    done: () => done.splice(0),
  };
}

it('turns the camera to its best while the call rests, and back again before it is let go of', () => {
  const { camera, orders, tell, done } = setUp();
  camera.show('aim');
  tell({ type: 'ready' });
  tell({ type: 'rest' });
  tell({ type: 'sized' });
  expect(done()).toEqual(['opened', 'large', 'rest', 'back', 'ready']);
  expect(orders.at(-1)).toEqual({ type: 'aim', on: true });
  camera.show('off');
  expect(orders.at(-1)).toEqual({ type: 'aim', on: false });
  tell({ type: 'rest' });
  expect(done()).toEqual(['null', 'rest']);
  tell({ type: 'sized' });
  expect(done()).toEqual(['back', 'closed']);
});

it('gives the call its camera back where the page says nothing any more', () => {
  const { camera, tell, done } = setUp();
  camera.show('aim');
  tell({ type: 'ready' });
  tell({ type: 'rest' });
  done();
  vi.advanceTimersByTime(6_000);
  expect(done()).toEqual(['back', 'ready']);
});

it('is gone at once in a private moment, and where its page crashes', () => {
  const { camera, tell, crash, done } = setUp();
  camera.show('aim');
  tell({ type: 'ready' });
  tell({ type: 'rest' });
  done();
  camera.show('gone');
  expect(done()).toEqual(['back', 'closed']);
  camera.show('aim');
  done();
  crash();
  expect(done()).toEqual(['closed', 'failed']);
});

it('keeps what was asked for before the page listened', () => {
  const { camera, orders, tell } = setUp();
  camera.show('aim');
  camera.shoot('aim', 'key');
  expect(orders.filter(({ type }) => type === 'shoot')).toEqual([]);
  tell({ type: 'ready' });
  expect(orders.at(-1)).toEqual({ type: 'shoot', aim: 'aim', recipient: 'key' });
});

it('small beside the papers leaves the camera as it is', () => {
  const { camera, orders, done } = setUp();
  camera.show('small');
  camera.show('small');
  camera.show('off');
  expect([done(), orders]).toEqual([['opened', 'small', 'closed'], []]);
});
